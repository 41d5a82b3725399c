// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_engine.h"

#include <latch>
#include <map>

#include "common/resources/level_words.h"
#include "common/storage/memory_store.h"
#include "common/tabular/table_reader.h"
#include "services/matching/match_runs.h"
#include "services/matching/run_export.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/matching/matching_fixtures.h"
#include "tests/unit/services/matching/memory_peers.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using duijie::testing::TempDir;
using testing::MemoryPeers;

constexpr int kNeeds = 40;  // more than two steps
constexpr int kFewRetries = 3;
constexpr int kEndlessRetries = 1'000'000'000;

// A process: everything but the store dies with it.
class Process {
 public:
  Process(KvStore* store, MemoryPeers* memory, int workers = 1, int max_retries = kFewRetries)
      : Process(store, memory->peers(), workers, max_retries) {}
  Process(KvStore* store, Peers peers, int workers = 1, int max_retries = kFewRetries)
      : peers_(std::move(peers)),
        runs_(*RunStore::Open(store)),
        matcher_(testing::SharedKnowledge(), testing::ShippedModels(), peers_),
        tokens_(std::string(32, 'k')),
        engine_(*runs_, matcher_, peers_, clock_, Options(workers, max_retries)),
        match_runs_({*runs_, matcher_.models(), matcher_.taxonomies(), peers_, clock_, tokens_, 2,
                     [this] { engine_.Wake(); }}) {}

  static RunEngine::Options Options(int workers, int max_retries) {
    RunEngine::Options options;
    options.workers = workers;
    options.first_retry = std::chrono::milliseconds(1);
    options.max_retry = std::chrono::milliseconds(1);
    options.max_retries = max_retries;
    return options;
  }
  MatchRuns& runs() { return match_runs_; }
  RunEngine& engine() { return engine_; }
  RunStore& store() { return *runs_; }
  FakeClock& clock() { return clock_; }

  v1::MatchRun AwaitEnd(const rpc::CallContext& call, const std::string& name) {
    v1::MatchRun last;
    EXPECT_THAT(match_runs_.Watch(call, name,
                                  [&](const v1::MatchRun& run) {
                                    last = run;
                                    return true;
                                  }),
                IsOk());
    return last;
  }

 private:
  FakeClock clock_;
  Peers peers_;
  std::unique_ptr<RunStore> runs_;
  Matcher matcher_;
  PageTokens tokens_;
  RunEngine engine_;
  MatchRuns match_runs_;
};

class RunEngineTest : public ::testing::Test {
 protected:
  RunEngineTest() {
    const char* const topics[] = {"石墨烯导电浆料", "污水脱氮除磷", "锂电池回收", "玻璃钢管道"};
    for (int i = 0; i < kNeeds; ++i)
      memory_.AddNeed("n" + std::to_string(100 + i), topics[i % 4], "需要成熟技术");
    for (int i = 0; i < 4; ++i) {
      memory_.AddAchievement("a" + std::to_string(i), std::string(topics[i]) + "技术", "成熟技术");
    }
    staff_.set_key_id("staff");
    staff_.set_role(v1::ROLE_STAFF);
    staff_.add_park_codes("sjz-gxq");
  }
  rpc::CallContext Call() const { return CallAs(staff_); }
  static rpc::CallContext CallAs(const Principal& who) {
    return {who, "test", std::chrono::system_clock::time_point::max(), nullptr};
  }
  static v1::CreateMatchRunRequest NeedsRun() {
    v1::CreateMatchRunRequest request;
    request.mutable_match_run()->set_direction(v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS);
    request.mutable_match_run()->mutable_parameters()->set_top_k(2);
    return request;
  }
  v1::MatchRun Create(Process& process) {
    const auto created = process.runs().Create(Call(), NeedsRun());
    EXPECT_THAT(created, IsOk());
    return created.ok() ? created->match_run() : v1::MatchRun();
  }
  v1::ListMatchRunResultsRequest ResultsOf(const v1::MatchRun& run) {
    v1::ListMatchRunResultsRequest request;
    request.set_name(run.name());
    request.set_page_size(7);
    return request;
  }
  std::vector<v1::MatchResult> AllResults(Process& process, const v1::MatchRun& run, const Principal& who) {
    std::vector<v1::MatchResult> all;
    v1::ListMatchRunResultsRequest request = ResultsOf(run);
    do {
      const auto page = process.runs().ListResults(CallAs(who), request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return all;
      all.insert(all.end(), page->results().begin(), page->results().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  MemoryPeers memory_;
  std::unique_ptr<KvStore> store_ = NewMemoryStore();
  Principal staff_;
};

TEST_F(RunEngineTest, MatchesEveryRecordAndClosesItsSnapshot) {
  Process process(store_.get(), &memory_);
  process.engine().Start();
  const v1::MatchRun run = process.AwaitEnd(Call(), Create(process).name());
  EXPECT_EQ(run.state(), v1::MATCH_RUN_STATE_SUCCEEDED);
  EXPECT_EQ(run.records_total(), kNeeds);
  EXPECT_EQ(run.records_done(), kNeeds);
  EXPECT_EQ(run.results_digest().size(), 64U);
  process.engine().Stop();
  EXPECT_EQ(memory_.open_snapshots, 0);
  const std::vector<v1::MatchResult> results = AllResults(process, run, staff_);
  EXPECT_EQ(static_cast<int64_t>(results.size()), run.pairs());
  for (size_t i = 1; i < results.size(); ++i) EXPECT_LE(results[i - 1].need(), results[i].need());
}

TEST_F(RunEngineTest, GoesOnAfterACrashWithTheSameResults) {
  std::string digest;
  {
    Process undisturbed(store_.get(), &memory_);
    undisturbed.engine().Start();
    digest = undisturbed.AwaitEnd(Call(), Create(undisturbed).name()).results_digest();
  }
  const std::unique_ptr<KvStore> store = NewMemoryStore();
  std::string name;
  {
    Process crashing(store.get(), &memory_, 1, kEndlessRetries);
    std::latch reached(1);
    const int64_t crash_at = memory_.finds + 20;  // in the second step
    memory_.fail_find_from = crash_at;
    memory_.before_find = [&](int64_t number) {
      if (number == crash_at) reached.count_down();
    };
    crashing.engine().Start();
    name = Create(crashing).name();
    reached.wait();
    crashing.engine().Stop();
    memory_.before_find = nullptr;
  }
  memory_.fail_find_from = -1;
  Process restarted(store.get(), &memory_, 3);
  ASSERT_OK_AND_ASSIGN(const internal::v1::StoredRun before, restarted.store().Get(name));
  EXPECT_EQ(before.run().state(), v1::MATCH_RUN_STATE_RUNNING);
  EXPECT_GT(before.run().records_done(), 0);
  EXPECT_LT(before.run().records_done(), kNeeds);
  restarted.engine().Start();
  const v1::MatchRun run = restarted.AwaitEnd(Call(), name);
  EXPECT_EQ(run.state(), v1::MATCH_RUN_STATE_SUCCEEDED);
  EXPECT_EQ(run.records_done(), kNeeds);
  EXPECT_EQ(run.results_digest(), digest);
}

TEST_F(RunEngineTest, FailsWhenAPeerStaysAway) {
  memory_.fail_find_from = 0;
  Process process(store_.get(), &memory_);
  process.engine().Start();
  const v1::MatchRun run = process.AwaitEnd(Call(), Create(process).name());
  EXPECT_EQ(run.state(), v1::MATCH_RUN_STATE_FAILED);
  EXPECT_THAT(run.error(), ::testing::HasSubstr("PEER_UNAVAILABLE"));
}

TEST_F(RunEngineTest, CancelKeepsResultsSoFarAndEndsTheRun) {
  Process process(store_.get(), &memory_);
  const v1::MatchRun run = Create(process);
  v1::CancelMatchRunRequest cancel;
  cancel.set_name(run.name());
  memory_.before_find = [&](int64_t number) {
    if (number == 20) {
      EXPECT_THAT(process.runs().Cancel(Call(), cancel), IsOk());
    }
  };
  process.engine().Start();
  const v1::MatchRun ended = process.AwaitEnd(Call(), run.name());
  process.engine().Stop();
  memory_.before_find = nullptr;
  EXPECT_EQ(ended.state(), v1::MATCH_RUN_STATE_CANCELLED);
  EXPECT_EQ(ended.records_done(), 16);
  EXPECT_FALSE(AllResults(process, run, staff_).empty());
  EXPECT_THAT(process.runs().Cancel(Call(), cancel), StatusIs(StatusCode::kFailedPrecondition, "RUN_STATE"));
}

TEST_F(RunEngineTest, TheQueueIsBoundedAndRequestsRepeatSafely) {
  Process process(store_.get(), &memory_);  // not started
  v1::CreateMatchRunRequest request = NeedsRun();
  request.set_request_id("5f3c");
  ASSERT_OK_AND_ASSIGN(const auto first, process.runs().Create(Call(), request));
  ASSERT_OK_AND_ASSIGN(const auto again, process.runs().Create(Call(), request));
  EXPECT_EQ(first.match_run().name(), again.match_run().name());
  request.mutable_match_run()->set_title("另一个");
  EXPECT_THAT(process.runs().Create(Call(), request),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED"));
  Create(process);
  EXPECT_THAT(process.runs().Create(Call(), NeedsRun()),
              StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
}

TEST_F(RunEngineTest, ARunWithACodeThatNoTableHasIsRefused) {
  Process process(store_.get(), &memory_);
  v1::CreateMatchRunRequest request = NeedsRun();
  request.mutable_match_run()->mutable_achievement_filter()->add_region_codes("999999");
  const std::vector<FieldViolation> wrong = ViolationsOf(process.runs().Create(Call(), request).status());
  ASSERT_EQ(wrong.size(), 1);
  EXPECT_EQ(wrong[0].field, "match_run.achievement_filter.region_codes[0]");
  EXPECT_EQ(wrong[0].rule, "UNKNOWN_CODE");
}

TEST_F(RunEngineTest, RunsOfOthersDoNotExist) {
  Process process(store_.get(), &memory_);
  v1::GetMatchRunRequest get;
  get.set_name(Create(process).name());
  Principal other = staff_;
  other.set_key_id("other");
  EXPECT_THAT(process.runs().Get(CallAs(other), get), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto listed, process.runs().List(CallAs(other), {}));
  EXPECT_EQ(listed.match_runs_size(), 0);
  other.set_all_parks(true);
  EXPECT_THAT(process.runs().Get(CallAs(other), get), IsOk());
}

TEST_F(RunEngineTest, ResultsHideWhatWasWithdrawnOrMadeConfidentialSince) {
  Process process(store_.get(), &memory_);
  process.engine().Start();
  const v1::MatchRun run = process.AwaitEnd(Call(), Create(process).name());
  process.engine().Stop();
  memory_.need("n100").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  memory_.achievement("a1").set_state(v1::RECORD_STATE_WITHDRAWN);
  const std::vector<v1::MatchResult> results = AllResults(process, run, staff_);
  ASSERT_FALSE(results.empty());
  for (const v1::MatchResult& result : results) {
    EXPECT_NE(result.need(), "needs/n100");
    EXPECT_NE(result.achievement(), "achievements/a1");
  }
  const TempDir folder;
  ASSERT_OK_AND_ASSIGN(const auto stored, process.runs().Visible(Call(), run.name()));
  for (const auto format : {v1::MATCH_RUN_FORMAT_CSV, v1::MATCH_RUN_FORMAT_TREC, v1::MATCH_RUN_FORMAT_XLSX}) {
    const std::string path = folder.File("export" + std::to_string(format));
    ASSERT_THAT(ExportRun(Call(), {process.runs().results(), stored, format, path, folder.path().string()}),
                IsOk());
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_FALSE(bytes.empty());
    EXPECT_EQ(bytes.find("n100"), std::string::npos);
    if (format == v1::MATCH_RUN_FORMAT_CSV) {
      EXPECT_NE(bytes.find("得分,等级,概率,硬性条件"), std::string::npos);
      EXPECT_NE(bytes.find(LevelWord(results.front().level())), std::string::npos);
    }
    if (format == v1::MATCH_RUN_FORMAT_TREC) {
      EXPECT_EQ(bytes.substr(0, 9), "n101 Q0 a");
      EXPECT_EQ(bytes.substr(10, 5), " 2 0.");
    }
  }
}

TEST_F(RunEngineTest, AnExportedWorkbookHoldsTheFitsAsTextAndWhatToDoNext) {
  memory_.need("n100").set_description("=1+1，要求固含量不低于5%。");
  memory_.achievement("a0").set_summary("=2+2，固含量4.8%。");
  std::vector<int64_t> read_at;
  Peers peers = memory_.peers();
  peers.read_records = [&read_at, read = peers.read_records](
                           const rpc::CallContext& call, const internal::v1::ReadRecordsRequest& request) {
    read_at.push_back(request.at_revision());
    return read(call, request);
  };
  Process process(store_.get(), peers);
  process.engine().Start();
  const v1::MatchRun run = process.AwaitEnd(Call(), Create(process).name());
  process.engine().Stop();
  ASSERT_FALSE(read_at.empty());
  EXPECT_EQ(read_at.front(), run.snapshot_revision());
  const TempDir folder;
  const std::string path = folder.File("export.xlsx");
  ASSERT_OK_AND_ASSIGN(const auto stored, process.runs().Visible(Call(), run.name()));
  ASSERT_THAT(ExportRun(Call(), {process.runs().results(), stored, v1::MATCH_RUN_FORMAT_XLSX, path,
                                 folder.path().string()}),
              IsOk());
  const auto read_row = [&](const std::string& sheet) {
    std::map<std::string, std::string> cells;
    const auto reader = OpenTable(path, TableFormat::kXlsx, {}, {sheet});
    EXPECT_THAT(reader, IsOk()) << sheet;
    Row row;
    if (!reader.ok() || !(*reader)->Next(&row).ok()) return cells;
    for (const Field& field : row.fields) cells[field.name] = field.value;
    return cells;
  };
  std::map<std::string, std::string> fit = read_row("指标满足度对照表");
  EXPECT_EQ(fit["记录编号"], "needs/n100");
  EXPECT_EQ(fit["对方编号"], "achievements/a0");
  EXPECT_EQ(fit["指标"], "固含量");
  EXPECT_EQ(fit["结论"], "不满足");
  EXPECT_EQ(fit["需求原文"], "=1+1，要求固含量不低于5%");
  EXPECT_EQ(fit["成果原文"], "=2+2，固含量4.8%");
  EXPECT_THAT(fit["余量"], ::testing::StartsWith("-0.04"));
  std::map<std::string, std::string> reasons = read_row("1 石墨烯导电浆料");
  EXPECT_THAT(reasons["下一步"], ::testing::HasSubstr("二次诊断：请企业确认：“固含量”≥ 5 %"));
}

TEST_F(RunEngineTest, DeletesEndedRunsWithTheirResults) {
  Process process(store_.get(), &memory_);
  const v1::MatchRun queued = Create(process);
  v1::DeleteMatchRunRequest request;
  request.set_name(queued.name());
  EXPECT_THAT(process.runs().Delete(Call(), request), StatusIs(StatusCode::kFailedPrecondition, "RUN_STATE"));
  process.engine().Start();
  const v1::MatchRun run = process.AwaitEnd(Call(), queued.name());
  process.engine().Stop();
  request.set_etag("stale");
  EXPECT_THAT(process.runs().Delete(Call(), request), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  request.set_etag(run.etag());
  EXPECT_THAT(process.runs().Delete(Call(), request), IsOk());
  EXPECT_THAT(process.runs().ListResults(Call(), ResultsOf(run)), StatusIs(StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const auto left, process.store().ReadResults(run.name(), "", 10));
  EXPECT_TRUE(left.empty());
}

TEST_F(RunEngineTest, APageTokenIsBoundToItsQuery) {
  Process process(store_.get(), &memory_);
  process.engine().Start();
  const v1::MatchRun run = process.AwaitEnd(Call(), Create(process).name());
  v1::ListMatchRunResultsRequest request = ResultsOf(run);
  ASSERT_OK_AND_ASSIGN(const auto page, process.runs().ListResults(Call(), request));
  request.set_page_token(page.next_page_token());
  request.set_record("needs/n101");
  EXPECT_THAT(process.runs().ListResults(Call(), request),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  request.clear_page_token();
  ASSERT_OK_AND_ASSIGN(const auto of_record, process.runs().ListResults(Call(), request));
  for (const auto& result : of_record.results()) EXPECT_EQ(result.need(), "needs/n101");
  EXPECT_GT(of_record.results_size(), 0);
  EXPECT_EQ(of_record.next_page_token(), "");
}

}  // namespace
}  // namespace duijie::matching
