// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/match_runs.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "common/auth/digest.h"
#include "common/base/proto_time.h"
#include "common/text/encoding.h"
#include "services/matching/filter_checks.h"
#include "services/matching/parameters.h"
#include "services/matching/run_access.h"
#include "services/matching/run_compare.h"

namespace duijie::matching {
namespace {

using internal::v1::StoredRun;

constexpr int kDefaultRunPage = 50;
constexpr int kMaxRunPage = 200;
constexpr int kDefaultResultPage = 50;
constexpr int kDefaultComparedPage = 20;  // records
constexpr int kMaxComparedPage = 200;
constexpr size_t kMaxTitleCodePoints = 200;
constexpr size_t kMaxRequestIdBytes = 64;
constexpr std::chrono::milliseconds kWatchInterval{250};
constexpr std::chrono::milliseconds kWatchCheck{
    500};  // how long a watcher may not notice that its caller is gone

Status NoSuchRun() {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "没有这个匹配任务，或无权查看");
}

std::string EtagOf(const StoredRun& run) { return std::to_string(run.version()); }

StatusOr<int> PageSize(int asked, int fallback, int most) {
  if (asked < 0) return InvalidField("page_size", "OUT_OF_RANGE", "每页条数不能为负");
  return asked == 0 ? fallback : std::min(asked, most);
}

// `record`: of the side that the run goes through; "" is fine.
Status CheckRecordOf(const StoredRun& run, const std::string& record) {
  const bool from_needs = run.run().direction() == v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS;
  if (record.empty() || record.starts_with(from_needs ? "needs/" : "achievements/")) return OkStatus();
  return InvalidField(
      "record", "BAD_NAME",
      from_needs ? "此任务以需求为准，须为 needs/…" : "此任务以成果为准，须为 achievements/…");
}

}  // namespace

Status CheckHasResults(const StoredRun& run) {
  const v1::MatchRunState state = run.run().state();
  if (state == v1::MATCH_RUN_STATE_SUCCEEDED || state == v1::MATCH_RUN_STATE_CANCELLED) return OkStatus();
  return Error(StatusCode::kFailedPrecondition, "RUN_STATE", "匹配任务尚未结束，或没有结果");
}

v1::MatchRun ToClient(const StoredRun& stored) {
  v1::MatchRun run = stored.run();
  run.set_etag(EtagOf(stored));
  if (run.state() == v1::MATCH_RUN_STATE_RUNNING && run.records_per_second() > 0) {
    const auto left = static_cast<double>(std::max<int64_t>(0, run.records_total() - run.records_done()));
    run.set_seconds_left(static_cast<int64_t>(std::ceil(left / run.records_per_second())));
  }
  return run;
}

StatusOr<int64_t> MatchRuns::CurrentRevision(const rpc::CallContext& call) const {
  internal::v1::ScanRecordsRequest request;
  request.set_collection(v1::COLLECTION_NEEDS);
  request.set_limit(1);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ScanRecordsResponse response,
                          d_.peers.scan_records(call, request));
  return response.revision();
}

// The run as it will be stored: content fields of `asked` with defaults filled in.
StatusOr<v1::MatchRun> MatchRuns::NewRun(const rpc::CallContext& call, const v1::MatchRun& asked) const {
  std::vector<FieldViolation> wrong;
  if (asked.direction() != v1::MATCH_DIRECTION_NEED_TO_ACHIEVEMENTS &&
      asked.direction() != v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS) {
    wrong.push_back({"match_run.direction", "REQUIRED", "须指明匹配方向"});
  }
  if (CountCodePoints(asked.title()) > kMaxTitleCodePoints) {
    wrong.push_back({"match_run.title", "TOO_LONG", "标题不得超过200个字"});
  }
  CheckFilter(asked.need_filter(), v1::COLLECTION_NEEDS, d_.taxonomies, "match_run.need_filter", &wrong);
  CheckFilter(asked.achievement_filter(), v1::COLLECTION_ACHIEVEMENTS, d_.taxonomies,
              "match_run.achievement_filter", &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);

  v1::MatchRun run;
  run.set_title(asked.title());
  run.set_direction(asked.direction());
  if (asked.has_need_filter()) *run.mutable_need_filter() = asked.need_filter();
  if (asked.has_achievement_filter()) *run.mutable_achievement_filter() = asked.achievement_filter();
  DUIJIE_ASSIGN_OR_RETURN(*run.mutable_parameters(),
                          CompleteParameters(asked.parameters(), d_.models, d_.clock.Now()));
  DUIJIE_ASSIGN_OR_RETURN(const int64_t current, CurrentRevision(call));
  run.set_snapshot_revision(asked.snapshot_revision() == 0 ? current : asked.snapshot_revision());
  if (run.snapshot_revision() < 0 || run.snapshot_revision() > current) {
    return InvalidField("match_run.snapshot_revision", "OUT_OF_RANGE", "没有这个版本的库");
  }
  run.set_state(v1::MATCH_RUN_STATE_QUEUED);
  run.set_creator(call.principal().key_id());
  *run.mutable_create_time() = TimestampOf(d_.clock.Now());
  return run;
}

StatusOr<v1::CreateMatchRunResponse> MatchRuns::Create(const rpc::CallContext& call,
                                                       const v1::CreateMatchRunRequest& request) {
  if (request.request_id().size() > kMaxRequestIdBytes) {
    return InvalidField("request_id", "TOO_LONG", "request_id 过长");
  }
  RunStore::Creation creation;
  DUIJIE_ASSIGN_OR_RETURN(*creation.run.mutable_run(), NewRun(call, request.match_run()));
  *creation.run.mutable_creator() = call.principal();
  creation.request_id = request.request_id();
  creation.request_hash = crypto::Sha256(request.match_run().SerializeAsString());
  creation.now_micros = d_.clock.Now();
  creation.max_active = d_.max_active;
  DUIJIE_ASSIGN_OR_RETURN(const RunStore::Created created, d_.store.Create(std::move(creation)));
  if (created.is_new) d_.wake_engine();
  v1::CreateMatchRunResponse response;
  *response.mutable_match_run() = ToClient(created.run);
  return response;
}

StatusOr<StoredRun> MatchRuns::Visible(const rpc::CallContext& call, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(StoredRun run, d_.store.Get(name));
  if (!MaySeeRun(call.principal(), run)) return NoSuchRun();
  return run;
}

StatusOr<v1::GetMatchRunResponse> MatchRuns::Get(const rpc::CallContext& call,
                                                 const v1::GetMatchRunRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const StoredRun run, Visible(call, request.name()));
  v1::GetMatchRunResponse response;
  *response.mutable_match_run() = ToClient(run);
  return response;
}

StatusOr<v1::ListMatchRunsResponse> MatchRuns::List(const rpc::CallContext& call,
                                                    const v1::ListMatchRunsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), kDefaultRunPage, kMaxRunPage));
  const std::string scope = "ListMatchRuns\n" + call.principal().key_id();
  std::string after;
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(after, d_.tokens.Open(scope, request.page_token()));
  }
  DUIJIE_ASSIGN_OR_RETURN(const RunStore::RunPage page,
                          d_.store.List(after, static_cast<size_t>(size), [&](const StoredRun& run) {
                            return MaySeeRun(call.principal(), run);
                          }));
  v1::ListMatchRunsResponse response;
  for (const StoredRun& run : page.runs) *response.add_match_runs() = ToClient(run);
  if (!page.next.empty()) response.set_next_page_token(d_.tokens.Make(scope, page.next));
  return response;
}

StatusOr<v1::CancelMatchRunResponse> MatchRuns::Cancel(const rpc::CallContext& call,
                                                       const v1::CancelMatchRunRequest& request) {
  DUIJIE_RETURN_IF_ERROR(Visible(call, request.name()).status());
  DUIJIE_ASSIGN_OR_RETURN(const StoredRun run,
                          d_.store.Update(request.name(), [&](StoredRun* stored) -> Status {
                            if (HasEnded(stored->run().state())) {
                              return Error(StatusCode::kFailedPrecondition, "RUN_STATE", "匹配任务已经结束");
                            }
                            stored->mutable_run()->set_state(v1::MATCH_RUN_STATE_CANCELLED);
                            *stored->mutable_run()->mutable_end_time() = TimestampOf(d_.clock.Now());
                            return OkStatus();
                          }));
  v1::CancelMatchRunResponse response;
  *response.mutable_match_run() = ToClient(run);
  return response;
}

Status MatchRuns::Delete(const rpc::CallContext& call, const v1::DeleteMatchRunRequest& request) {
  DUIJIE_RETURN_IF_ERROR(Visible(call, request.name()).status());
  return d_.store.Delete(request.name(), [&](StoredRun* stored) -> Status {
    if (request.etag().empty() || request.etag() == EtagOf(*stored)) return OkStatus();
    return Error(StatusCode::kAborted, "STALE_ETAG", "匹配任务已有变化，请重新读取");
  });
}

StatusOr<v1::ListMatchRunResultsResponse> MatchRuns::ListResults(
    const rpc::CallContext& call, const v1::ListMatchRunResultsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const StoredRun run, Visible(call, request.name()));
  DUIJIE_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size(), kDefaultResultPage,
                                                   static_cast<int>(kMaxResultsPerRead)));
  DUIJIE_RETURN_IF_ERROR(CheckRecordOf(run, request.record()));
  const std::string scope =
      "ListMatchRunResults\n" + call.principal().key_id() + "\n" + request.name() + "\n" + request.record();
  ResultPosition from;
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const std::string bytes, d_.tokens.Open(scope, request.page_token()));
    DUIJIE_ASSIGN_OR_RETURN(from, ResultPosition::Decode(bytes));
  }
  DUIJIE_ASSIGN_OR_RETURN(ResultPage page,
                          results_.Read(call, run, request.record(), from, static_cast<size_t>(size)));
  v1::ListMatchRunResultsResponse response;
  for (v1::MatchResult& result : page.results) *response.add_results() = std::move(result);
  if (!page.done) response.set_next_page_token(d_.tokens.Make(scope, page.next.Encode()));
  return response;
}

StatusOr<v1::CompareMatchRunsResponse> MatchRuns::Compare(const rpc::CallContext& call,
                                                          const v1::CompareMatchRunsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const StoredRun base, Visible(call, request.base()));
  DUIJIE_ASSIGN_OR_RETURN(const StoredRun other, Visible(call, request.other()));
  DUIJIE_RETURN_IF_ERROR(CheckHasResults(base));
  DUIJIE_RETURN_IF_ERROR(CheckHasResults(other));
  if (base.run().direction() != other.run().direction()) {
    return InvalidField("other", "OTHER_DIRECTION", "两个任务的匹配方向须相同");
  }
  if (request.min_move() < 0) return InvalidField("min_move", "OUT_OF_RANGE", "名次变化不能为负");
  DUIJIE_RETURN_IF_ERROR(CheckRecordOf(base, request.record()));
  DUIJIE_ASSIGN_OR_RETURN(const int size,
                          PageSize(request.page_size(), kDefaultComparedPage, kMaxComparedPage));
  const std::string scope = "CompareMatchRuns\n" + call.principal().key_id() + "\n" + request.base() + "\n" +
                            request.other() + "\n" + request.record() + "\n" +
                            std::to_string(request.min_move());
  RunComparison comparison{
      base, other, request.record(), std::max(1, request.min_move()), "", static_cast<size_t>(size)};
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(comparison.from_id, d_.tokens.Open(scope, request.page_token()));
  }
  DUIJIE_ASSIGN_OR_RETURN(ComparedPage page, CompareRuns(call, d_.store, results_, comparison));
  if (!page.next_id.empty()) page.response.set_next_page_token(d_.tokens.Make(scope, page.next_id));
  return std::move(page.response);
}

Status MatchRuns::Watch(const rpc::CallContext& call, const std::string& name,
                        const std::function<bool(const v1::MatchRun&)>& send) const {
  int64_t sent = 0;
  auto next_send = std::chrono::steady_clock::time_point::min();
  while (true) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(const StoredRun run, Visible(call, name));
    const bool ended = HasEnded(run.run().state());
    const auto now = std::chrono::steady_clock::now();
    if (run.version() != sent && (ended || now >= next_send)) {
      if (!send(ToClient(run))) return OkStatus();
      sent = run.version();
      next_send = now + kWatchInterval;
    }
    if (ended) return OkStatus();
    if (run.version() == sent) {
      d_.store.WaitForChange(name, sent, kWatchCheck);
    } else {
      std::this_thread::sleep_until(next_send);
    }
  }
}

}  // namespace duijie::matching
