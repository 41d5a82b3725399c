// SPDX-License-Identifier: GPL-3.0-or-later
// The same of what people judge, of figures held against each other, and of runs compared.
#include <chrono>

#include "tests/e2e/confidential_need.h"

namespace duijie::testing {
namespace {

class ConfidentialLearningTest : public ConfidentialityTest {
 protected:
  // What the administrator's judge says of the need and the achievement.
  v1::Judgement Judge(const v1::Need& need) {
    const Client admin = cluster_.Admin();
    v1::CreateJudgementRequest request;
    request.mutable_judgement()->set_need(need.name());
    request.mutable_judgement()->set_achievement(achievement_.name());
    request.mutable_judgement()->set_level(v1::MATCH_LEVEL_STRONG);
    request.mutable_judgement()->set_judge(kSecretJudge);
    request.mutable_judgement()->set_comment(std::string(kSecretFirm) + "愿意试用");
    request.mutable_judgement()->set_probability_shown(0.75);
    v1::CreateJudgementResponse response;
    const grpc::Status status =
        admin.Call(admin.judgements.get(), &v1::JudgementService::Stub::CreateJudgement, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.judgement();
  }

  // Judgements that the scorecard of the quarter of `judgement` counts.
  int64_t Scored(const Client& client, const v1::Judgement& judgement, std::string* answer) {
    constexpr int64_t kChina = 8 * 3600;
    const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds(std::chrono::seconds(judgement.create_time().seconds() + kChina)));
    const std::chrono::year_month_day date(day);
    v1::GetScorecardRequest request;
    request.set_quarter(std::to_string(static_cast<int>(date.year())) + "Q" +
                        std::to_string((static_cast<unsigned>(date.month()) + 2) / 3));
    v1::GetScorecardResponse card;
    *answer =
        Answer(client, client.judgements.get(), &v1::JudgementService::Stub::GetScorecard, request, &card);
    return card.judgements() + card.without_prediction();
  }
};
DUIJIE_BOTH_TOPOLOGIES(ConfidentialLearningTest);

TEST_P(ConfidentialLearningTest, JudgementsAndScorecardsKnowNothing) {
  using Stub = v1::JudgementService::Stub;
  const v1::Judgement of_secret = Judge(secret_);
  const v1::Judgement of_masked = Judge(masked_);
  std::string answer;
  ASSERT_EQ(Scored(cluster_.Admin(), of_secret, &answer), 2) << "the administrator sees both: " << answer;
  for (const auto& [who, client] : Outsiders()) {
    v1::GetJudgementRequest get;
    get.set_name(of_secret.name());
    v1::GetJudgementResponse got, absent;
    const auto hidden = client.Call(client.judgements.get(), &Stub::GetJudgement, get, &got);
    ExpectNoLeak(got.DebugString() + hidden.error_message() + hidden.error_details(), who + " GetJudgement");
    get.set_name("judgements/no-such-judgement");
    const auto other = client.Call(client.judgements.get(), &Stub::GetJudgement, get, &absent);
    EXPECT_FALSE(hidden.ok()) << who;
    EXPECT_EQ(hidden.error_code(), other.error_code()) << who << ": hidden and absent must look alike";
    get.set_name(of_masked.name());
    v1::GetJudgementResponse masked;
    ExpectNoLeak(Answer(client, client.judgements.get(), &Stub::GetJudgement, get, &masked),
                 who + " GetJudgement of the anonymous need");
    EXPECT_EQ(masked.judgement().creator(), "") << who;

    v1::ListJudgementsRequest list;
    v1::ListJudgementsResponse all, of_need;
    ExpectNoLeak(Answer(client, client.judgements.get(), &Stub::ListJudgements, list, &all),
                 who + " ListJudgements");
    EXPECT_LE(all.judgements_size(), 1) << who;
    list.set_need(secret_.name());
    client.Call(client.judgements.get(), &Stub::ListJudgements, list, &of_need);
    EXPECT_EQ(of_need.judgements_size(), 0) << who;

    v1::CreateJudgementRequest create;
    create.mutable_judgement()->set_need(secret_.name());
    create.mutable_judgement()->set_achievement(achievement_.name());
    create.mutable_judgement()->set_level(v1::MATCH_LEVEL_NONE);
    v1::CreateJudgementResponse created;
    const auto refused = client.Call(client.judgements.get(), &Stub::CreateJudgement, create, &created);
    create.mutable_judgement()->set_need("needs/no-such-need");
    const auto unknown = client.Call(client.judgements.get(), &Stub::CreateJudgement, create, &created);
    EXPECT_FALSE(refused.ok()) << who;
    EXPECT_EQ(refused.error_code(), unknown.error_code()) << who << ": hidden and absent must look alike";
    EXPECT_EQ(refused.error_message(), unknown.error_message()) << who;

    EXPECT_LE(Scored(client, of_secret, &answer), 1) << who;
    ExpectNoLeak(answer, who + " GetScorecard");
  }
}

TEST_P(ConfidentialLearningTest, FitTablesKnowNothing) {
  using Stub = v1::MatchService::Stub;
  const Client admin = cluster_.Admin();
  v1::MatchNeedRequest need;
  need.set_name(secret_.name());
  need.set_min_revision(revision_);
  v1::MatchNeedResponse fits;
  ASSERT_TRUE(admin.Call(admin.match.get(), &Stub::MatchNeed, need, &fits).ok());
  ASSERT_EQ(fits.results_size(), 1);
  ASSERT_NE(fits.results(0).explanation().fit().DebugString().find(kSecretFigure), std::string::npos)
      << "the administrator sees the figure: " << fits.DebugString();
  for (const auto& [who, client] : Outsiders()) {
    v1::MatchNeedResponse ranked;
    ExpectNoLeak(Answer(client, client.match.get(), &Stub::MatchNeed, need, &ranked), who + " MatchNeed");
    v1::MatchAchievementRequest match;
    match.set_name(achievement_.name());
    match.set_min_revision(revision_);
    v1::MatchAchievementResponse matched;
    ExpectNoLeak(Answer(client, client.match.get(), &Stub::MatchAchievement, match, &matched),
                 who + " MatchAchievement");
    v1::ScorePairsRequest pairs;
    pairs.set_need(secret_.name());
    pairs.add_achievements(achievement_.name());
    v1::ScorePairsResponse scored;
    const auto refused = client.Call(client.match.get(), &Stub::ScorePairs, pairs, &scored);
    EXPECT_FALSE(refused.ok()) << who;
    EXPECT_EQ(scored.results_size(), 0) << who;
    pairs.set_need("needs/no-such-need");
    const auto unknown = client.Call(client.match.get(), &Stub::ScorePairs, pairs, &scored);
    EXPECT_EQ(refused.error_code(), unknown.error_code()) << who << ": hidden and absent must look alike";
  }
}

TEST_P(ConfidentialLearningTest, ComparedRunsKnowNothing) {
  using Stub = v1::MatchService::Stub;
  v1::MatchRun run;
  run.set_direction(v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS);
  const auto two_runs = [&](const Client& client) {
    v1::CompareMatchRunsRequest compare;
    compare.set_base(RunToEnd(client, run).name());
    compare.set_other(RunToEnd(client, run).name());
    return compare;
  };
  const v1::CompareMatchRunsRequest admins = two_runs(cluster_.Admin());
  v1::CompareMatchRunsResponse everything;
  const Client admin = cluster_.Admin();
  ASSERT_TRUE(admin.Call(admin.match.get(), &Stub::CompareMatchRuns, admins, &everything).ok());
  ASSERT_EQ(everything.common(), 2) << "the administrator sees both needs";
  for (const auto& [who, client] : Outsiders()) {
    v1::CompareMatchRunsResponse compared;
    ExpectNoLeak(Answer(client, client.match.get(), &Stub::CompareMatchRuns, admins, &compared),
                 who + " CompareMatchRuns");
    EXPECT_EQ(compared.common(), 0) << who << ": runs of others";
  }
  const Client staff = cluster_.NewClient(v1::ROLE_STAFF, "", {kOtherPark});
  const v1::CompareMatchRunsRequest own = two_runs(staff);
  v1::CompareMatchRunsResponse before, after;
  ExpectNoLeak(Answer(staff, staff.match.get(), &Stub::CompareMatchRuns, own, &before), "own runs");
  EXPECT_EQ(before.common(), 1);
  RaiseTier();
  ASSERT_TRUE(staff.Call(staff.match.get(), &Stub::CompareMatchRuns, own, &after).ok());
  EXPECT_EQ(after.common() + after.entered() + after.left(), 0) << "of what may be seen no longer";
  EXPECT_EQ(after.pairs_size(), 0);
}

}  // namespace
}  // namespace duijie::testing
