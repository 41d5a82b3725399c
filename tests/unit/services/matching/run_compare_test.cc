// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_compare.h"

#include <gmock/gmock.h>

#include "common/storage/memory_store.h"
#include "services/matching/match_runs.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/learning/learning_fixtures.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using testing::AsAdmin;
using testing::CallAs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Features {
  double title = 0, body = 0;
};

// `features` add up to the score.
v1::MatchResult Result(const std::string& need, const std::string& achievement, int rank, Features features) {
  v1::MatchResult result;
  result.set_need("needs/" + need);
  result.set_achievement("achievements/" + achievement);
  result.set_achievement_title("成果" + achievement);
  result.set_rank(rank);
  result.set_score(features.title + features.body);
  const auto add = [&](const char* name, double contribution) {
    if (contribution == 0) return;  // as an older model that did not know it
    v1::FeatureContribution* const feature = result.mutable_explanation()->add_features();
    feature->set_feature(name);
    feature->set_contribution(contribution);
    feature->set_text(std::string("文本") + name);
  };
  add("title", features.title);
  add("body", features.body);
  return result;
}

class RunCompareTest : public ::testing::Test {
 protected:
  RunCompareTest() {
    peers_.read_records = catalog_.Reader();
    for (const char* id : {"n1", "n2", "n3", "n4"}) catalog_.AddNeed(id, "enterprises/e1");
    for (int i = 0; i < 20; ++i) catalog_.AddAchievement("a" + std::to_string(i));
  }

  // An ended run of the administrator with these results, which come by record and rank.
  std::string Run(const std::vector<v1::MatchResult>& results,
                  v1::MatchRunState state = v1::MATCH_RUN_STATE_SUCCEEDED,
                  v1::MatchDirection direction = v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS) {
    RunStore::Creation creation;
    creation.run.mutable_run()->set_direction(direction);
    creation.run.mutable_creator()->set_key_id("key-admin");
    creation.now_micros = 1'790'000'000'000'000;
    creation.max_active = 100;
    const std::string name = store_->Create(std::move(creation))->run.run().name();
    std::map<std::string, internal::v1::StoredResults> records;
    for (const v1::MatchResult& result : results) {
      *records[result.need().substr(result.need().find('/') + 1)].add_results() = result;
    }
    std::vector<RecordResults> stored;
    for (const auto& [id, list] : records) stored.push_back({id, list});
    EXPECT_THAT(store_->Update(
                    name,
                    [&](internal::v1::StoredRun* run) {
                      run->mutable_run()->set_state(state);
                      return OkStatus();
                    },
                    stored),
                IsOk());
    return name;
  }

  StatusOr<v1::CompareMatchRunsResponse> Compare(const rpc::CallContext& call,
                                                 const v1::CompareMatchRunsRequest& request) {
    return runs_.Compare(call, request);
  }
  v1::CompareMatchRunsResponse CompareOk(const std::string& base, const std::string& other, int min_move = 0,
                                         const std::string& record = "") {
    v1::CompareMatchRunsRequest request;
    request.set_base(base);
    request.set_other(other);
    request.set_min_move(min_move);
    request.set_record(record);
    auto response = Compare(AsAdmin(), request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? *response : v1::CompareMatchRunsResponse();
  }
  static std::vector<std::string> Moves(const v1::CompareMatchRunsResponse& response) {
    std::vector<std::string> moves;
    for (const v1::MovedPair& pair : response.pairs()) {
      moves.push_back(pair.need().substr(6) + " " + pair.achievement().substr(13) + " " +
                      std::to_string(pair.base_rank()) + "→" + std::to_string(pair.other_rank()));
    }
    return moves;
  }

  testing::MemoryCatalog catalog_;
  Peers peers_;
  FakeClock clock_;
  PageTokens tokens_{std::string(32, 'k')};
  std::unique_ptr<KvStore> memory_ = NewMemoryStore();
  std::unique_ptr<RunStore> store_ = *RunStore::Open(memory_.get());
  MatchRuns runs_{{*store_, *testing::ShippedModels(), *testing::SharedKnowledge().taxonomies, peers_, clock_,
                   tokens_, 100, [] {}}};
};

TEST_F(RunCompareTest, TellsWhatMovedByRecordAndThenByMove) {
  const std::string base = Run({Result("n1", "a1", 1, {0.5, 0.1}), Result("n1", "a2", 2, {0.3, 0.2}),
                                Result("n1", "a3", 3, {0.2, 0}), Result("n1", "a4", 4, {0.1, 0}),
                                Result("n2", "a1", 1, {0.4, 0})});
  const std::string other = Run({Result("n1", "a3", 1, {0.2, 0.5}), Result("n1", "a2", 2, {0.3, 0.2}),
                                 Result("n1", "a1", 3, {0.1, 0.1}), Result("n1", "a5", 4, {0.1, 0}),
                                 Result("n2", "a2", 1, {0.4, 0}), Result("n2", "a1", 2, {0.3, 0})});
  const auto compared = CompareOk(base, other);
  EXPECT_THAT(Moves(compared),
              ElementsAre("n1 a5 0→4", "n1 a4 4→0", "n1 a1 1→3", "n1 a3 3→1", "n2 a2 0→1", "n2 a1 1→2"));
  EXPECT_EQ(compared.records(), 2);
  EXPECT_EQ(compared.common(), 4);
  EXPECT_EQ(compared.unmoved(), 1);
  EXPECT_EQ(compared.entered(), 2);
  EXPECT_EQ(compared.left(), 1);
  EXPECT_NEAR(compared.mean_overlap10(), (3.0 / 4 + 1.0 / 2) / 2, 1e-12);
  EXPECT_EQ(compared.next_page_token(), "");
}

TEST_F(RunCompareTest, ChangesAddUpToTheChangeOfTheScoreGreatestFirst) {
  const std::string base = Run({Result("n1", "a1", 1, {0.51, 0.1}), Result("n1", "a2", 2, {0.3, 0})});
  const std::string other = Run({Result("n1", "a2", 1, {0.25, 0.4}), Result("n1", "a1", 2, {0.31, 0.15})});
  const auto compared = CompareOk(base, other);
  ASSERT_EQ(compared.pairs_size(), 2);
  for (const v1::MovedPair& pair : compared.pairs()) {
    double sum = 0;
    for (const v1::FeatureChange& change : pair.changes()) sum += change.change();
    EXPECT_NEAR(sum, pair.other_score() - pair.base_score(), 1e-9) << pair.achievement();
  }
  const v1::MovedPair& second = compared.pairs(1);
  ASSERT_EQ(second.achievement(), "achievements/a2");
  ASSERT_EQ(second.changes_size(), 2);
  EXPECT_EQ(second.changes(0).feature(), "body");  // which the base's model did not have
  EXPECT_NEAR(second.changes(0).change(), 0.4, 1e-12);
  EXPECT_EQ(second.changes(0).text(), "文本body：0.0000 → 0.4000（+0.4000）");
  EXPECT_EQ(second.changes(1).text(), "文本title：0.3000 → 0.2500（-0.0500）");
  EXPECT_EQ(second.achievement_title(), "成果a2");
}

TEST_F(RunCompareTest, PairsOfOneRunOnlyHaveNoChanges) {
  const std::string base = Run({Result("n1", "a1", 1, {0.5, 0})});
  const std::string other = Run({Result("n2", "a1", 1, {0.5, 0})});
  const auto compared = CompareOk(base, other);
  ASSERT_THAT(Moves(compared), ElementsAre("n1 a1 1→0", "n2 a1 0→1"));
  EXPECT_THAT(compared.pairs(0).changes(), IsEmpty());
  EXPECT_EQ(compared.pairs(0).other_score(), 0);
  EXPECT_EQ(compared.mean_overlap10(), 0);
  EXPECT_EQ(compared.left(), 1);
  EXPECT_EQ(compared.entered(), 1);
}

TEST_F(RunCompareTest, SmallMovesAreCountedAndNotListed) {
  const std::string base = Run({Result("n1", "a1", 1, {0.5, 0}), Result("n1", "a2", 2, {0.4, 0}),
                                Result("n1", "a3", 3, {0.3, 0}), Result("n1", "a4", 4, {0.2, 0})});
  const std::string other = Run({Result("n1", "a4", 1, {0.5, 0}), Result("n1", "a1", 2, {0.4, 0}),
                                 Result("n1", "a2", 3, {0.3, 0}), Result("n1", "a3", 4, {0.2, 0})});
  EXPECT_EQ(CompareOk(base, other).pairs_size(), 4);
  const auto far = CompareOk(base, other, 3);
  EXPECT_THAT(Moves(far), ElementsAre("n1 a4 4→1"));
  EXPECT_EQ(far.common(), 4);
  EXPECT_EQ(CompareOk(base, base).pairs_size(), 0);
  EXPECT_EQ(CompareOk(base, base).unmoved(), 4);
}

TEST_F(RunCompareTest, OverlapIsOfTheFirstTen) {
  std::vector<v1::MatchResult> before, after;
  for (int i = 0; i < 12; ++i) before.push_back(Result("n1", "a" + std::to_string(i), i + 1, {0.5, 0}));
  for (int i = 0; i < 12; ++i) after.push_back(Result("n1", "a" + std::to_string(11 - i), i + 1, {0.5, 0}));
  // a0 and a1 fall out of the first ten, a10 and a11 come in.
  EXPECT_NEAR(CompareOk(Run(before), Run(after)).mean_overlap10(), 0.8, 1e-12);
}

TEST_F(RunCompareTest, OneRecordOnly) {
  const std::string base = Run(
      {Result("n1", "a1", 1, {0.5, 0}), Result("n2", "a1", 1, {0.5, 0}), Result("n3", "a1", 1, {0.5, 0})});
  const std::string other = Run(
      {Result("n1", "a2", 1, {0.5, 0}), Result("n2", "a2", 1, {0.5, 0}), Result("n3", "a2", 1, {0.5, 0})});
  const auto compared = CompareOk(base, other, 0, "needs/n2");
  EXPECT_THAT(Moves(compared), ElementsAre("n2 a2 0→1", "n2 a1 1→0"));
  EXPECT_EQ(compared.records(), 1);
  EXPECT_EQ(compared.next_page_token(), "");
  EXPECT_EQ(CompareOk(base, other, 0, "needs/n4").records(), 0);
}

TEST_F(RunCompareTest, PagesTogetherAreTheWhole) {
  std::vector<v1::MatchResult> before, after;
  for (const char* need : {"n1", "n2", "n4"}) before.push_back(Result(need, "a1", 1, {0.5, 0}));
  for (const char* need : {"n2", "n3", "n4"}) after.push_back(Result(need, "a2", 1, {0.5, 0}));
  v1::CompareMatchRunsRequest request;
  request.set_base(Run(before));
  request.set_other(Run(after));
  request.set_page_size(1);
  std::vector<std::string> moves;
  int pages = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Compare(AsAdmin(), request));
    EXPECT_EQ(page.records(), 1);
    for (std::string& move : Moves(page)) moves.push_back(std::move(move));
    request.set_page_token(page.next_page_token());
    ASSERT_LE(++pages, 4);
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 4);
  EXPECT_THAT(moves,
              ElementsAre("n1 a1 1→0", "n2 a2 0→1", "n2 a1 1→0", "n3 a2 0→1", "n4 a2 0→1", "n4 a1 1→0"));
}

TEST_F(RunCompareTest, ManyResultsMakeSmallPages) {
  std::vector<v1::MatchResult> results;
  for (const char* need : {"n1", "n2", "n3"}) {
    for (int i = 0; i < static_cast<int>(kMaxComparedResults); ++i) {
      results.push_back(Result(need, "a1", i + 1, {0.5, 0}));
    }
  }
  v1::CompareMatchRunsRequest request;
  request.set_base(Run(results));
  request.set_other(Run({}));
  ASSERT_OK_AND_ASSIGN(const auto page, Compare(AsAdmin(), request));
  EXPECT_EQ(page.records(), 1);
  EXPECT_NE(page.next_page_token(), "");
}

TEST_F(RunCompareTest, ShowsWhatTheReaderMaySeeNowAndCountsNothingElse) {
  const std::string base = Run(
      {Result("n1", "a1", 1, {0.5, 0}), Result("n1", "a2", 2, {0.4, 0}), Result("n2", "a1", 1, {0.5, 0})});
  const std::string other = Run(
      {Result("n1", "a2", 1, {0.5, 0}), Result("n1", "a1", 2, {0.4, 0}), Result("n2", "a2", 1, {0.5, 0})});
  catalog_.AddNeed("n2").set_state(v1::RECORD_STATE_WITHDRAWN);
  catalog_.Delete("achievements/a2");
  const auto compared = CompareOk(base, other);
  EXPECT_THAT(Moves(compared), ElementsAre("n1 a1 1→2"));
  EXPECT_EQ(compared.records(), 1);
  EXPECT_EQ(compared.common(), 1);
  EXPECT_EQ(compared.entered(), 0);
  EXPECT_EQ(compared.left(), 0);
  EXPECT_EQ(compared.mean_overlap10(), 1);
}

TEST_F(RunCompareTest, RunsOfOthersDoNotExist) {
  v1::CompareMatchRunsRequest request;
  request.set_base(Run({}));
  request.set_other(Run({}));
  EXPECT_THAT(Compare(CallAs(v1::ROLE_STAFF, "key-9", "", {"p1"}), request),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(Compare(AsAdmin(), request), IsOk());
}

TEST_F(RunCompareTest, RefusesRunsThatCannotBeCompared) {
  const std::string ended = Run({});
  v1::CompareMatchRunsRequest request;
  request.set_base(ended);
  request.set_other(Run({}, v1::MATCH_RUN_STATE_RUNNING));
  EXPECT_THAT(Compare(AsAdmin(), request), StatusIs(StatusCode::kFailedPrecondition, "RUN_STATE"));
  request.set_other(Run({}, v1::MATCH_RUN_STATE_FAILED));
  EXPECT_THAT(Compare(AsAdmin(), request), StatusIs(StatusCode::kFailedPrecondition, "RUN_STATE"));
  request.set_other(Run({}, v1::MATCH_RUN_STATE_CANCELLED, v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS));
  EXPECT_THAT(Compare(AsAdmin(), request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  request.set_other(Run({}, v1::MATCH_RUN_STATE_CANCELLED));
  EXPECT_THAT(Compare(AsAdmin(), request), IsOk());
  request.set_min_move(-1);
  EXPECT_THAT(Compare(AsAdmin(), request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  request.set_min_move(0);
  request.set_record("achievements/a1");
  EXPECT_THAT(Compare(AsAdmin(), request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

}  // namespace
}  // namespace duijie::matching
