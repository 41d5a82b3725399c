// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/run_store.h"

#include <algorithm>

namespace duijie::matching {
namespace {

using internal::v1::StoredResults;
using internal::v1::StoredRun;
using internal::v1::StoredRunRequest;

constexpr std::string_view kFormatVersion = "1";
constexpr size_t kDeletedPerBatch = 500;
constexpr int64_t kQueueRetryMs = 5'000;

Status NoSuchRun() {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "没有这个匹配任务，或无权查看");
}

Status Undecodable() {
  return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "a stored match run does not decode");
}

// Deterministic within a build; stored runs are never compared as bytes.
template <typename Message>
StatusOr<Message> Decode(std::string_view bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return Undecodable();
  return message;
}

StatusOr<run_keys::RunNumber> NumberOrError(std::string_view name) {
  const std::optional<run_keys::RunNumber> number = run_keys::NumberOf(name);
  if (!number) return NoSuchRun();
  return *number;
}

}  // namespace

bool HasEnded(v1::MatchRunState state) {
  return state == v1::MATCH_RUN_STATE_SUCCEEDED || state == v1::MATCH_RUN_STATE_FAILED ||
         state == v1::MATCH_RUN_STATE_CANCELLED;
}

StatusOr<std::unique_ptr<RunStore>> RunStore::Open(KvStore* store) {
  std::unique_ptr<RunStore> runs(new RunStore(store));
  DUIJIE_RETURN_IF_ERROR(runs->Recover());
  return runs;
}

Status RunStore::Recover() {
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> format, store_->Get(run_keys::Format()));
  if (format && *format != kFormatVersion) {
    return Error(StatusCode::kFailedPrecondition, "FORMAT_TOO_NEW",
                 "match runs were written by a newer version", {{"format", *format}});
  }
  if (!format) {
    WriteBatch batch;
    batch.Put(run_keys::Format(), std::string(kFormatVersion));
    DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  }
  std::vector<run_keys::RunNumber> doomed;
  const auto doomed_keys = store_->Scan(run_keys::DoomedBegin(), run_keys::DoomedEnd());
  for (; doomed_keys->Valid(); doomed_keys->Next()) {
    if (const auto number = run_keys::ParseDoomed(doomed_keys->key())) doomed.push_back(*number);
  }
  DUIJIE_RETURN_IF_ERROR(doomed_keys->status());
  for (const run_keys::RunNumber number : doomed) DUIJIE_RETURN_IF_ERROR(DeleteResults(number));

  const auto runs = store_->Scan(run_keys::RunsBegin(), run_keys::RunsEnd());
  for (; runs->Valid(); runs->Next()) {
    const auto number = run_keys::ParseRun(runs->key());
    DUIJIE_ASSIGN_OR_RETURN(const StoredRun run, Decode<StoredRun>(runs->value()));
    if (number && !HasEnded(run.run().state())) active_[*number] = run.version();
  }
  return runs->status();
}

StatusOr<StoredRun> RunStore::Load(run_keys::RunNumber number) const {
  DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> bytes, store_->Get(run_keys::Run(number)));
  if (!bytes) return NoSuchRun();
  return Decode<StoredRun>(*bytes);
}

StatusOr<std::optional<StoredRun>> RunStore::FindRequest(const Creation& creation) const {
  if (creation.request_id.empty()) return std::optional<StoredRun>();
  DUIJIE_ASSIGN_OR_RETURN(
      const std::optional<std::string> bytes,
      store_->Get(run_keys::Request(creation.run.creator().key_id(), creation.request_id)));
  if (!bytes) return std::optional<StoredRun>();
  DUIJIE_ASSIGN_OR_RETURN(const StoredRunRequest request, Decode<StoredRunRequest>(*bytes));
  if (request.request_hash() != creation.request_hash) {
    return Error(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED", "request_id 已用于另一个请求");
  }
  StatusOr<StoredRun> run = Get(request.run());
  if (!run.ok() && run.status().code() == StatusCode::kNotFound)
    return std::optional<StoredRun>();  // deleted since
  if (!run.ok()) return run.status();
  return std::optional<StoredRun>(*std::move(run));
}

StatusOr<RunStore::Created> RunStore::Create(Creation creation) {
  const std::lock_guard<std::mutex> writer(write_mutex_);
  DUIJIE_ASSIGN_OR_RETURN(std::optional<StoredRun> known, FindRequest(creation));
  if (known) return Created{*std::move(known), false};
  if (ActiveCount() >= creation.max_active) {
    return WithRetryAfter(
        Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "排队和进行中的匹配任务已达上限，请稍后再试"),
        kQueueRetryMs);
  }
  auto number = static_cast<run_keys::RunNumber>(creation.now_micros);
  for (;; ++number) {  // names are unique even within one microsecond
    DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> taken, store_->Get(run_keys::Run(number)));
    DUIJIE_ASSIGN_OR_RETURN(const std::optional<std::string> doomed, store_->Get(run_keys::Doomed(number)));
    if (!taken && !doomed) break;
  }
  creation.run.mutable_run()->set_name(run_keys::NameOf(number));
  creation.run.set_version(1);
  WriteBatch batch;
  batch.Put(run_keys::Run(number), creation.run.SerializeAsString());
  if (!creation.request_id.empty()) {
    StoredRunRequest request;
    request.set_run(creation.run.run().name());
    request.set_request_hash(creation.request_hash);
    batch.Put(run_keys::Request(creation.run.creator().key_id(), creation.request_id),
              request.SerializeAsString());
  }
  DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  Announce(number, creation.run);
  return Created{std::move(creation.run), true};
}

StatusOr<StoredRun> RunStore::Get(std::string_view name) const {
  DUIJIE_ASSIGN_OR_RETURN(const run_keys::RunNumber number, NumberOrError(name));
  return Load(number);
}

StatusOr<StoredRun> RunStore::Update(std::string_view name, const Change& change,
                                     const std::vector<RecordResults>& results) {
  DUIJIE_ASSIGN_OR_RETURN(const run_keys::RunNumber number, NumberOrError(name));
  const std::lock_guard<std::mutex> writer(write_mutex_);
  DUIJIE_ASSIGN_OR_RETURN(StoredRun run, Load(number));
  DUIJIE_RETURN_IF_ERROR(change(&run));
  run.set_version(run.version() + 1);
  WriteBatch batch;
  for (const RecordResults& record : results) {
    if (record.results.results().empty()) continue;
    batch.Put(run_keys::Results(number, record.record_id), record.results.SerializeAsString());
  }
  batch.Put(run_keys::Run(number), run.SerializeAsString());
  DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  Announce(number, run);
  return run;
}

void RunStore::Announce(run_keys::RunNumber number, const StoredRun& run) {
  {
    const std::lock_guard<std::mutex> lock(state_mutex_);
    if (HasEnded(run.run().state())) {
      active_.erase(number);
    } else {
      active_[number] = run.version();
    }
  }
  changed_.notify_all();
}

StatusOr<RunStore::RunPage> RunStore::List(std::string_view after, size_t limit,
                                           const std::function<bool(const StoredRun&)>& keep) const {
  std::string begin = run_keys::RunsBegin();
  if (!after.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const run_keys::RunNumber number, NumberOrError(after));
    begin = run_keys::Run(number) + '\0';  // the first key behind it
  }
  RunPage page;
  const auto it = store_->Scan(begin, run_keys::RunsEnd());
  for (size_t scanned = 0; it->Valid(); it->Next()) {
    if (page.runs.size() == limit || scanned++ == kMaxRunsScanned) return page;
    DUIJIE_ASSIGN_OR_RETURN(StoredRun run, Decode<StoredRun>(it->value()));
    page.next = run.run().name();
    if (keep(run)) page.runs.push_back(std::move(run));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  page.next.clear();
  return page;
}

StatusOr<std::vector<StoredRun>> RunStore::Active() const {
  std::vector<run_keys::RunNumber> numbers;
  {
    const std::lock_guard<std::mutex> lock(state_mutex_);
    for (const auto& [number, version] : active_) numbers.push_back(number);
  }
  std::vector<StoredRun> runs;
  for (const run_keys::RunNumber number : numbers) {
    DUIJIE_ASSIGN_OR_RETURN(StoredRun run, Load(number));
    if (!HasEnded(run.run().state())) runs.push_back(std::move(run));
  }
  return runs;
}

int RunStore::ActiveCount() const {
  const std::lock_guard<std::mutex> lock(state_mutex_);
  return static_cast<int>(active_.size());
}

StatusOr<std::vector<RecordResults>> RunStore::ReadResults(std::string_view name, std::string_view from_id,
                                                           size_t limit) const {
  DUIJIE_ASSIGN_OR_RETURN(const run_keys::RunNumber number, NumberOrError(name));
  std::vector<RecordResults> page;
  const auto it = store_->Scan(run_keys::Results(number, from_id), run_keys::ResultsEnd(number));
  for (; it->Valid() && page.size() < limit; it->Next()) {
    const std::optional<std::string> id = run_keys::ParseResults(it->key());
    if (!id) return Undecodable();
    DUIJIE_ASSIGN_OR_RETURN(StoredResults results, Decode<StoredResults>(it->value()));
    page.push_back({*id, std::move(results)});
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

Status RunStore::Delete(std::string_view name, const Change& check) {
  DUIJIE_ASSIGN_OR_RETURN(const run_keys::RunNumber number, NumberOrError(name));
  const std::lock_guard<std::mutex> writer(write_mutex_);
  DUIJIE_ASSIGN_OR_RETURN(StoredRun run, Load(number));
  DUIJIE_RETURN_IF_ERROR(check(&run));
  if (!HasEnded(run.run().state())) {
    return Error(StatusCode::kFailedPrecondition, "RUN_STATE", "匹配任务尚未结束，请先取消");
  }
  WriteBatch batch;  // from here on the run is gone; the rest may be finished after a crash
  batch.Delete(run_keys::Run(number));
  batch.Put(run_keys::Doomed(number), "");
  DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  changed_.notify_all();
  return DeleteResults(number);
}

Status RunStore::DeleteResults(run_keys::RunNumber number) {
  const auto it = store_->Scan(run_keys::ResultsBegin(number), run_keys::ResultsEnd(number));
  while (it->Valid()) {
    WriteBatch batch;
    for (size_t i = 0; i < kDeletedPerBatch && it->Valid(); ++i, it->Next())
      batch.Delete(std::string(it->key()));
    DUIJIE_RETURN_IF_ERROR(store_->Write(batch));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  WriteBatch done;
  done.Delete(run_keys::Doomed(number));
  return store_->Write(done);
}

void RunStore::WaitForChange(std::string_view name, int64_t version,
                             std::chrono::milliseconds timeout) const {
  const std::optional<run_keys::RunNumber> number = run_keys::NumberOf(name);
  if (!number) return;
  std::unique_lock<std::mutex> lock(state_mutex_);
  changed_.wait_for(lock, timeout, [&] {
    const auto found = active_.find(*number);
    return found == active_.end() || found->second != version;
  });
}

}  // namespace duijie::matching
