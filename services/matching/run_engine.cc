// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_engine.h"

#include <algorithm>
#include <optional>

#include "common/auth/crypto.h"
#include "common/auth/digest.h"
#include "common/auth/visibility.h"
#include "common/base/proto_time.h"
#include "common/base/thread_priority.h"
#include "common/log/log.h"

namespace duijie::matching {
namespace {

using internal::v1::ScanRecordsResponse;
using internal::v1::StoredRun;

constexpr int kPageRecords = 200;                 // looked at in one call to the catalog
constexpr size_t kStepRecords = 16;               // matched and committed together
constexpr size_t kStepResults = 4'000;            // results committed together, about; each is a few KiB
constexpr std::chrono::minutes kCallTimeout{10};  // building a snapshot may take minutes

rpc::CallContext EngineCall() { return rpc::CallContext::ForSystem(kCallTimeout); }

Status Ended() { return Error(StatusCode::kAborted, "RUN_STATE", "the run was cancelled"); }

// A peer that is away, restarting or busy; NOT_FOUND: the snapshot expired there.
bool WorthRetrying(const Status& status) {
  switch (status.code()) {
    case StatusCode::kUnavailable:
    case StatusCode::kResourceExhausted:
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kCancelled:
    case StatusCode::kNotFound:
      return true;
    default:
      return false;
  }
}

// One link of the chain of digests: over the one before, the record and its results.
std::string NextLink(const std::string& chain, const RecordResults& record) {
  const std::string before = chain.empty() ? std::string(crypto::kSha256Bytes, '\0') : chain;
  return crypto::Sha256(before + crypto::Sha256(record.record_id) +
                        crypto::Sha256(record.results.SerializeAsString()));
}

}  // namespace

RunEngine::RunEngine(RunStore& store, const Matcher& matcher, const Peers& peers, const Clock& clock,
                     Options options)
    : store_(store), matcher_(matcher), peers_(peers), clock_(clock), options_(options) {}

RunEngine::~RunEngine() { Stop(); }

void RunEngine::Start() {
  stopping_ = false;
  thread_ = std::thread([this] { Loop(); });
}

void RunEngine::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RunEngine::Wake() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

bool RunEngine::Pause(std::chrono::milliseconds time) {
  std::unique_lock<std::mutex> lock(mutex_);
  wake_.wait_for(lock, time, [this] { return stopping_.load(); });
  return !stopping_;
}

void RunEngine::Loop() {
  LowerThreadPriority();  // helpers inherit it; what clients and events wait for goes first
  std::chrono::milliseconds retry = options_.first_retry;
  while (!stopping_) {
    const StatusOr<std::vector<StoredRun>> active = store_.Active();
    if (active.ok() && active->empty()) {
      std::unique_lock<std::mutex> lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || woken_; });
      woken_ = false;
      continue;
    }
    const Status status = active.ok() ? WorkOn(active->front()) : active.status();
    if (stopping_) return;
    if (status.ok() || ReasonOf(status) == "RUN_STATE") {
      retry = options_.first_retry;
      retries_ = 0;
      continue;
    }
    log::Warn("run_interrupted", {{"error", status}, {"retries", retries_}});
    if (active.ok() && (!WorthRetrying(status) || ++retries_ > options_.max_retries)) {
      Fail(active->front().run().name(), status);
      retries_ = 0;
      continue;
    }
    if (!Pause(retry)) return;
    retry = std::min(retry * 2, options_.max_retry);
  }
}

Status RunEngine::WorkOn(const StoredRun& run) {
  const std::string& name = run.run().name();
  step_began_ = clock_.Now();
  if (run.run().state() == v1::MATCH_RUN_STATE_QUEUED) DUIJIE_RETURN_IF_ERROR(CountRecords(run));
  internal::v1::OpenSnapshotRequest open;
  open.set_collection(FromNeeds(run) ? v1::COLLECTION_ACHIEVEMENTS : v1::COLLECTION_NEEDS);
  open.set_revision(run.run().snapshot_revision());
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::OpenSnapshotResponse snapshot,
                          peers_.open_snapshot(EngineCall(), open));
  const Status status = MatchPages(name, snapshot.snapshot_id());
  internal::v1::CloseSnapshotRequest close;
  close.set_snapshot_id(snapshot.snapshot_id());
  const auto closed = peers_.close_snapshot(EngineCall(), close);
  if (!closed.ok()) log::Warn("snapshot_not_closed", {{"error", closed.status()}});  // it expires by itself
  return status;
}

StatusOr<ScanRecordsResponse> RunEngine::Scan(const StoredRun& run, const std::string& after_id) {
  internal::v1::ScanRecordsRequest request;
  request.set_collection(FromNeeds(run) ? v1::COLLECTION_NEEDS : v1::COLLECTION_ACHIEVEMENTS);
  *request.mutable_filter() = FromNeeds(run) ? run.run().need_filter() : run.run().achievement_filter();
  if (request.filter().states().empty()) request.mutable_filter()->add_states(v1::RECORD_STATE_PUBLISHED);
  request.set_at_revision(run.run().snapshot_revision());
  request.set_after_id(after_id);
  request.set_limit(kPageRecords);
  return peers_.scan_records(EngineCall(), request);
}

std::vector<SourceRecord> RunEngine::SourcesOf(const StoredRun& run, const ScanRecordsResponse& page) const {
  std::vector<SourceRecord> sources;
  for (const internal::v1::Record& record : page.records()) {
    if (VisibilityOf(run.creator(), AccessOf(record)) == Visibility::kNone) continue;
    if (record.has_need()) sources.push_back(SourceOf(record.need()));
    if (record.has_achievement()) sources.push_back(SourceOf(record.achievement()));
  }
  return sources;
}

Status RunEngine::CountRecords(const StoredRun& run) {
  int64_t total = 0;
  std::string after;
  for (bool done = false; !done;) {
    if (stopping_) return Error(StatusCode::kCancelled, "CALLER_GONE", "stopping");
    DUIJIE_ASSIGN_OR_RETURN(const ScanRecordsResponse page, Scan(run, after));
    total += static_cast<int64_t>(SourcesOf(run, page).size());
    after = page.last_id();
    done = page.done();
  }
  const auto started = store_.Update(run.run().name(), [&](StoredRun* stored) -> Status {
    if (HasEnded(stored->run().state())) return Ended();
    stored->mutable_run()->set_state(v1::MATCH_RUN_STATE_RUNNING);
    stored->mutable_run()->set_records_total(total);
    return OkStatus();
  });
  return started.status();
}

Status RunEngine::MatchPages(const std::string& name, const std::string& snapshot_id) {
  DUIJIE_ASSIGN_OR_RETURN(const StoredRun run, store_.Get(name));
  const size_t step = std::clamp<size_t>(
      kStepResults / static_cast<size_t>(std::max(1, run.run().parameters().top_k())), 1, kStepRecords);
  std::string cursor = run.cursor();
  for (bool done = false; !done;) {
    DUIJIE_ASSIGN_OR_RETURN(const ScanRecordsResponse page, Scan(run, cursor));
    const std::vector<SourceRecord> sources = SourcesOf(run, page);
    for (size_t begin = 0; begin < sources.size(); begin += step) {
      if (stopping_) return Error(StatusCode::kCancelled, "CALLER_GONE", "stopping");
      const size_t end = std::min(sources.size(), begin + step);
      DUIJIE_ASSIGN_OR_RETURN(const std::vector<RecordResults> results,
                              MatchStep(run, snapshot_id, sources, begin, end));
      DUIJIE_RETURN_IF_ERROR(CommitStep(name, results, results.back().record_id));
      retries_ = 0;
    }
    if (!page.last_id().empty()) cursor = page.last_id();
    done = page.done();
  }
  return Finish(name);
}

StatusOr<std::vector<RecordResults>> RunEngine::MatchStep(const StoredRun& run,
                                                          const std::string& snapshot_id,
                                                          const std::vector<SourceRecord>& sources,
                                                          size_t begin, size_t end) {
  std::vector<StatusOr<MatchOutcome>> outcomes(end - begin, MatchOutcome());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next++; i < outcomes.size(); i = next++) {
      outcomes[i] = matcher_.Match(
          EngineCall(), {sources[begin + i], run.run().parameters(), run.creator(),
                         FromNeeds(run) ? run.run().achievement_filter() : run.run().need_filter(), 0,
                         snapshot_id, run.run().snapshot_revision()});
    }
  };
  std::vector<std::thread> helpers;
  for (int i = 1; i < options_.workers && static_cast<size_t>(i) < outcomes.size(); ++i)
    helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();

  std::vector<RecordResults> results;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    DUIJIE_RETURN_IF_ERROR(outcomes[i].status());
    RecordResults& record = results.emplace_back();
    record.record_id = IdOf(sources[begin + i].name);
    for (v1::MatchResult& result : outcomes[i]->results) *record.results.add_results() = std::move(result);
  }
  return results;
}

Status RunEngine::CommitStep(const std::string& name, const std::vector<RecordResults>& results,
                             const std::string& cursor) {
  const int64_t now = clock_.Now();
  const auto committed = store_.Update(
      name,
      [&](StoredRun* stored) -> Status {
        if (HasEnded(stored->run().state())) return Ended();
        v1::MatchRun* const run = stored->mutable_run();
        for (const RecordResults& record : results) {
          stored->set_chain(NextLink(stored->chain(), record));
          run->set_pairs(run->pairs() + record.results.results_size());
        }
        stored->set_cursor(cursor);
        stored->set_worked_micros(stored->worked_micros() + std::max<int64_t>(0, now - step_began_));
        run->set_records_done(run->records_done() + static_cast<int64_t>(results.size()));
        if (stored->worked_micros() > 0) {
          run->set_records_per_second(static_cast<double>(run->records_done()) * kMicrosPerSecond /
                                      static_cast<double>(stored->worked_micros()));
        }
        return OkStatus();
      },
      results);
  step_began_ = now;
  return committed.status();
}

Status RunEngine::Finish(const std::string& name) {
  const auto finished = store_.Update(name, [&](StoredRun* stored) -> Status {
    if (HasEnded(stored->run().state())) return Ended();
    const std::string chain =
        stored->chain().empty() ? std::string(crypto::kSha256Bytes, '\0') : stored->chain();
    stored->mutable_run()->set_results_digest(crypto::ToHex(chain));
    stored->mutable_run()->set_state(v1::MATCH_RUN_STATE_SUCCEEDED);
    *stored->mutable_run()->mutable_end_time() = TimestampOf(clock_.Now());
    return OkStatus();
  });
  return finished.status();
}

void RunEngine::Fail(const std::string& name, const Status& status) {
  const auto failed = store_.Update(name, [&](StoredRun* stored) -> Status {
    if (HasEnded(stored->run().state())) return Ended();
    const std::string reason = ReasonOf(status);
    stored->mutable_run()->set_error("匹配任务中断（" + (reason.empty() ? std::string("INTERNAL") : reason) +
                                     "），请联系系统管理员");
    stored->mutable_run()->set_state(v1::MATCH_RUN_STATE_FAILED);
    *stored->mutable_run()->mutable_end_time() = TimestampOf(clock_.Now());
    return OkStatus();
  });
  log::Error("run_failed", {{"run", name}, {"error", status}});
  if (!failed.ok()) log::Error("run_state_not_stored", {{"run", name}, {"error", failed.status()}});
}

}  // namespace duijie::matching
