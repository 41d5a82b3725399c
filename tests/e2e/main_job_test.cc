// SPDX-License-Identifier: GPL-3.0-or-later
// The main job: records in, explained matches out.
#include <cmath>
#include <ctime>

#include "tests/e2e/topologies.h"
#include "tests/support/paths.h"

namespace duijie::testing {
namespace {

using MainJobTest = EndToEndTest;
DUIJIE_BOTH_TOPOLOGIES(MainJobTest);

v1::MatchNeedResponse MatchNeed(const Client& client, const std::string& need, int64_t revision) {
  v1::MatchNeedRequest request;
  request.set_name(need);
  request.set_min_revision(revision);
  request.mutable_parameters()->set_as_of("2026-06-01");
  v1::MatchNeedResponse response;
  const auto status = client.Call(client.match.get(), &v1::MatchService::Stub::MatchNeed, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response;
}

v1::MatchRun RunOfAll() {
  v1::MatchRun run;
  run.set_title("对接活动");
  run.set_direction(v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS);
  run.mutable_parameters()->set_top_k(5);
  run.mutable_parameters()->set_as_of("2026-06-01");
  return run;
}

TEST_P(MainJobTest, ImportedRecordsAreFoundAndMatchedWithReasons) {
  const Client admin = cluster_.Admin();
  v1::Achievement mesh;
  mesh.set_title("高精度金属编织网在线检测装备");
  mesh.set_summary("面向丝网行业，采用机器视觉在线检测网孔尺寸与断丝缺陷，检测速度不低于30米/分钟。");
  mesh.set_region_code("110108");
  mesh.set_maturity_level(8);
  const std::string mesh_name = Publish(admin, mesh).name();
  v1::Achievement battery;
  battery.set_title("高镍三元正极材料包覆改性制备工艺");
  Publish(admin, battery);
  v1::Need need;
  need.set_title("丝网断丝缺陷自动检测");
  need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  need.set_description("丝网织造过程中断丝靠人工目检，漏检率高，希望用视觉方法在线检测。");
  need.set_min_maturity_level(7);
  const v1::Need stored = Publish(admin, need);

  const auto hits = Search(admin, v1::COLLECTION_ACHIEVEMENTS, "断丝", stored.revision());
  EXPECT_EQ(NamesOf(hits.hits()), std::set<std::string>{mesh_name});
  const auto matched = MatchNeed(admin, stored.name(), stored.revision());
  ASSERT_GE(matched.results_size(), 1);
  const v1::MatchResult& best = matched.results(0);
  EXPECT_EQ(best.achievement(), mesh_name);
  EXPECT_GE(best.explanation().terms_size(), 1);
  double contributions = 0;
  for (const auto& feature : best.explanation().features()) contributions += feature.contribution();
  EXPECT_NEAR(contributions, best.score(), 1e-9);
  for (const auto& constraint : best.explanation().constraints()) {
    if (constraint.kind() == v1::CONSTRAINT_KIND_MATURITY) {
      EXPECT_EQ(constraint.verdict(), v1::VERDICT_SATISFIED) << constraint.text();
    }
  }
}

TEST_P(MainJobTest, AnyTwoCharactersOfATitleFindIt) {
  const Client admin = cluster_.Admin();
  v1::Achievement achievement;
  achievement.set_title("脱氮除磷一体化装备");
  const v1::Achievement stored = Publish(admin, achievement);
  for (const char* fragment : {"脱氮", "氮除", "除磷", "磷一", "一体", "体化", "化装", "装备"}) {
    EXPECT_EQ(Search(admin, v1::COLLECTION_ACHIEVEMENTS, fragment, stored.revision()).total(), 1) << fragment;
  }
}

TEST_P(MainJobTest, JudgementsAreKeptListedAndScored) {
  const Client admin = cluster_.Admin();
  v1::Enterprise enterprise;
  enterprise.set_title("衡水云杉橡胶制品有限公司");
  const std::string owner = Publish(admin, enterprise).name();
  v1::Achievement achievement;
  achievement.set_title("橡胶支座耐久性提升技术");
  const std::string offered = Publish(admin, achievement).name();
  v1::Need own, others;
  own.set_title("橡胶支座耐久性差");
  own.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  own.set_enterprise(owner);
  others = own;
  others.clear_enterprise();
  const std::string own_name = Publish(admin, own).name();
  const std::string others_name = Publish(admin, others).name();
  const Client customer = cluster_.NewClient(v1::ROLE_ENTERPRISE, owner);
  using Stub = v1::JudgementService::Stub;

  v1::CreateJudgementRequest accept;
  accept.mutable_judgement()->set_need(own_name);
  accept.mutable_judgement()->set_achievement(offered);
  accept.mutable_judgement()->set_decision(v1::JUDGEMENT_DECISION_ACCEPTED);
  accept.mutable_judgement()->set_probability_shown(0.8);
  v1::CreateJudgementResponse accepted;
  grpc::Status status = customer.Call(customer.judgements.get(), &Stub::CreateJudgement, accept, &accepted);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(accepted.judgement().judge_kind(), v1::JUDGE_KIND_ENTERPRISE);

  v1::CreateJudgementRequest grade;
  grade.mutable_judgement()->set_need(others_name);
  grade.mutable_judgement()->set_achievement(offered);
  grade.mutable_judgement()->set_level(v1::MATCH_LEVEL_STRONG);
  v1::CreateJudgementResponse graded;
  EXPECT_EQ(customer.Call(customer.judgements.get(), &Stub::CreateJudgement, grade, &graded).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  status = admin.Call(admin.judgements.get(), &Stub::CreateJudgement, grade, &graded);
  ASSERT_TRUE(status.ok()) << status.error_message();

  v1::ListJudgementsResponse all, seen;
  ASSERT_TRUE(admin.Call(admin.judgements.get(), &Stub::ListJudgements, {}, &all).ok());
  EXPECT_EQ(all.judgements_size(), 2);
  ASSERT_TRUE(customer.Call(customer.judgements.get(), &Stub::ListJudgements, {}, &seen).ok());
  ASSERT_EQ(seen.judgements_size(), 1);
  EXPECT_EQ(seen.judgements(0).name(), accepted.judgement().name());
  v1::GetJudgementRequest get;
  get.set_name(graded.judgement().name());
  v1::GetJudgementResponse got;
  EXPECT_EQ(customer.Call(customer.judgements.get(), &Stub::GetJudgement, get, &got).error_code(),
            grpc::StatusCode::NOT_FOUND);

  const std::time_t in_china = accepted.judgement().create_time().seconds() + 8 * 3600;
  std::tm day{};
  gmtime_r(&in_china, &day);
  v1::GetScorecardRequest quarter;
  quarter.set_quarter(std::to_string(day.tm_year + 1900) + "Q" + std::to_string(day.tm_mon / 3 + 1));
  v1::GetScorecardResponse card;
  ASSERT_TRUE(admin.Call(admin.judgements.get(), &Stub::GetScorecard, quarter, &card).ok());
  EXPECT_EQ(card.judgements(), 1);
  EXPECT_EQ(card.without_prediction(), 1);
  EXPECT_NEAR(card.brier_score(), 0.04, 1e-9);
}

TEST_P(MainJobTest, TwoRunsOfOneSnapshotGiveTheSameBytes) {
  const Client admin = cluster_.Admin();
  ImportSamples(admin);
  const v1::MatchRun first = RunToEnd(admin, RunOfAll());
  ASSERT_EQ(first.state(), v1::MATCH_RUN_STATE_SUCCEEDED) << first.error();
  EXPECT_GT(first.pairs(), 0);
  EXPECT_EQ(first.records_done(), first.records_total());

  // The catalog moves on; a replay of the snapshot must not notice.
  v1::Achievement later;
  later.set_title("丝网断丝缺陷视觉检测系统");
  Publish(admin, later);
  v1::MatchRun replay = RunOfAll();
  replay.set_snapshot_revision(first.snapshot_revision());
  const v1::MatchRun second = RunToEnd(admin, replay);
  ASSERT_EQ(second.state(), v1::MATCH_RUN_STATE_SUCCEEDED) << second.error();
  EXPECT_EQ(first.results_digest(), second.results_digest());
  EXPECT_EQ(Export(admin, first.name(), v1::MATCH_RUN_FORMAT_CSV),
            Export(admin, second.name(), v1::MATCH_RUN_FORMAT_CSV));
  v1::CompareMatchRunsRequest compare;
  compare.set_base(first.name());
  compare.set_other(second.name());
  compare.set_page_size(200);
  v1::CompareMatchRunsResponse compared;
  ASSERT_TRUE(
      admin.Call(admin.match.get(), &v1::MatchService::Stub::CompareMatchRuns, compare, &compared).ok());
  EXPECT_EQ(compared.pairs_size(), 0);
  EXPECT_EQ(compared.common(), first.pairs());
  EXPECT_EQ(compared.unmoved(), compared.common());
}

TEST_P(MainJobTest, ReimportChangesNothing) {
  const Client admin = cluster_.Admin();
  ImportSamples(admin);
  v1::ImportHeader header;
  header.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  header.set_initial_state(v1::RECORD_STATE_PUBLISHED);
  const auto summary =
      ImportFile(admin, duijie::testing::SourceFile("data/samples/achievements.csv"), header);
  EXPECT_EQ(summary.created(), 0);
  EXPECT_EQ(summary.updated(), 0);
  EXPECT_EQ(summary.unchanged(), summary.rows());
}

TEST_P(MainJobTest, AWithdrawnRecordLeavesSearchMatchesAndOldRuns) {
  const Client admin = cluster_.Admin();
  v1::Achievement achievement;
  achievement.set_title("橡胶支座耐久性提升技术");
  const std::string name = Publish(admin, achievement).name();
  v1::Need need;
  need.set_title("橡胶支座耐久性差");
  need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  const v1::Need stored = Publish(admin, need);
  const v1::MatchRun run = RunToEnd(admin, RunOfAll());
  ASSERT_EQ(run.pairs(), 1);

  v1::TransitionAchievementRequest request;
  request.set_name(name);
  request.set_to(v1::RECORD_STATE_WITHDRAWN);
  request.set_reason("权属变更");
  v1::TransitionAchievementResponse withdrawn;
  ASSERT_TRUE(
      admin.Call(admin.catalog.get(), &v1::CatalogService::Stub::TransitionAchievement, request, &withdrawn)
          .ok());
  const int64_t revision = withdrawn.achievement().revision();
  EXPECT_EQ(Search(admin, v1::COLLECTION_ACHIEVEMENTS, "橡胶支座", revision).total(), 0);
  EXPECT_EQ(MatchNeed(admin, stored.name(), revision).results_size(), 0);
  v1::ListMatchRunResultsRequest list;
  list.set_name(run.name());
  v1::ListMatchRunResultsResponse results;
  ASSERT_TRUE(
      admin.Call(admin.match.get(), &v1::MatchService::Stub::ListMatchRunResults, list, &results).ok());
  EXPECT_EQ(results.results_size(), 0);
  EXPECT_EQ(Export(admin, run.name(), v1::MATCH_RUN_FORMAT_CSV).find("橡胶支座耐久性提升技术"),
            std::string::npos);
}

}  // namespace
}  // namespace duijie::testing
