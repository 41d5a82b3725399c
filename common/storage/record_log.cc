// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/record_log.h"

#include <algorithm>

#include "common/storage/key_codec.h"
#include "common/storage/record_keys.h"
#include "common/storage/record_values.h"

namespace duijie {
namespace {

constexpr size_t kMaxGroupBytes = 4 * 1024 * 1024;  // of the commits that share a batch
constexpr size_t kMaxGroupCommits = 256;
constexpr size_t kMaxScannedPerPage = 4 * kMaxPageSize;  // records looked at, deleted ones included

StatusOr<Revision> LastRevision(const KvStore& store) {
  const std::string changes = record_keys::AllChanges();
  const auto it = store.Scan(changes, PrefixEnd(changes));
  it->SeekToLast();
  DUIJIE_RETURN_IF_ERROR(it->status());
  Revision revision = 0;
  if (it->Valid() && !record_keys::ParseChange(it->key(), &revision))
    return record_values::Undecodable(it->key());
  return revision;
}

Status NotFound(std::string_view collection, std::string_view id) {
  return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "there is no such record",
               {{"collection", std::string(collection)}, {"id", std::string(id)}});
}

StatusOr<RecordVersion> ReadVersion(const Iterator& it) {
  RecordVersion version;
  std::string id;
  if (!record_keys::ParseVersion(it.key(), &id, &version.revision))
    return record_values::Undecodable(it.key());
  DUIJIE_ASSIGN_OR_RETURN(auto stored, record_values::DecodeVersion(it.key(), it.value()));
  version.deleted = stored.deleted;
  version.bytes = std::move(stored.bytes);
  return version;
}

// From any version of record `id`, moves to its newest one at or before `at`; false if there is none, the
// iterator then being beyond the record.
StatusOr<bool> MoveToVersionAt(Iterator& it, std::string_view collection, const std::string& id,
                               Revision at) {
  std::string found;
  Revision revision = 0;
  if (!record_keys::ParseVersion(it.key(), &found, &revision)) return record_values::Undecodable(it.key());
  if (revision <= at) return true;
  it.Seek(record_keys::Version(collection, id, at));
  if (!it.Valid()) return false;
  if (!record_keys::ParseVersion(it.key(), &found, &revision)) return record_values::Undecodable(it.key());
  return found == id;
}

// Leaves the versions of a record, all keys with this prefix. Most records have few, and a step costs a small
// part of a seek.
void LeaveVersions(Iterator& it, const std::string& versions) {
  constexpr int kStepsBeforeSeek = 4;
  for (int step = 0; it.Valid() && it.key().starts_with(versions); ++step) {
    if (step == kStepsBeforeSeek) return it.Seek(PrefixEnd(versions));
    it.Next();
  }
}

}  // namespace

// A commit in the queue; lives on the stack of its caller, who waits until it is done.
struct RecordLog::PendingCommit {
  CommitRequest request;
  StatusOr<Revision> result = Revision{0};
  bool done = false;
  std::condition_variable wake;
};

StatusOr<std::unique_ptr<RecordLog>> RecordLog::Open(KvStore* store) {
  DUIJIE_ASSIGN_OR_RETURN(const Revision revision, LastRevision(*store));
  return std::unique_ptr<RecordLog>(new RecordLog(store, View{revision, store->GetSnapshot()}));
}

RecordLog::~RecordLog() { Shutdown(); }

RecordLog::View RecordLog::CurrentView() const {
  const std::lock_guard lock(view_mutex_);
  return view_;
}

Revision RecordLog::CurrentRevision() const {
  const std::lock_guard lock(view_mutex_);
  return view_.revision;
}

StatusOr<RecordLog::View> RecordLog::ViewAt(std::optional<Revision> at) const {
  View view = CurrentView();
  if (!at) return view;
  if (*at > view.revision) {
    return Error(
        StatusCode::kOutOfRange, "REVISION_IN_FUTURE",
        "revision " + std::to_string(*at) + " is above the current " + std::to_string(view.revision));
  }
  view.revision = *at;
  return view;
}

void RecordLog::Publish(Revision revision) {
  View next{revision, store_->GetSnapshot()};
  {
    const std::lock_guard lock(view_mutex_);
    std::swap(view_, next);
  }
  view_changed_.notify_all();
}

StatusOr<Revision> RecordLog::Commit(std::vector<Mutation> mutations, std::vector<SideEntry> side_entries) {
  PendingCommit mine;
  mine.request = {std::move(mutations), std::move(side_entries)};
  DUIJIE_RETURN_IF_ERROR(CheckAndNormalise(&mine.request));

  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&mine);
  mine.wake.wait(lock, [&] { return mine.done || queue_.front() == &mine; });
  if (mine.done) return mine.result;

  const size_t size = std::min(queue_.size(), kMaxGroupCommits);
  const std::vector<PendingCommit*> group(queue_.begin(), queue_.begin() + static_cast<ptrdiff_t>(size));
  lock.unlock();
  const size_t finished = CommitGroup(group);
  lock.lock();
  for (size_t i = 0; i < finished; ++i) {
    PendingCommit* commit = queue_.front();
    queue_.pop_front();
    commit->done = true;
    if (commit != &mine) commit->wake.notify_one();
  }
  if (!queue_.empty()) queue_.front()->wake.notify_one();
  return mine.result;
}

// Writes as many commits from the front of `group` as fit together, at least one; returns how many.
size_t RecordLog::CommitGroup(const std::vector<PendingCommit*>& group) {
  const View view = CurrentView();
  CommitPlanner planner(*store_, *view.snapshot);
  WriteBatch batch;
  Revision revision = view.revision;
  size_t finished = 0;
  for (PendingCommit* commit : group) {
    // A large commit goes alone, so that the limit of a batch fails nobody else.
    const bool fits = batch.bytes() + BytesOf(commit->request) <= kMaxGroupBytes;
    if (finished > 0 && (!fits || planner.Overlaps(commit->request))) break;
    const bool changes_records = !commit->request.mutations.empty();
    const Status added = planner.Add(commit->request, revision + 1, &batch);
    if (!added.ok()) {
      commit->result = added;
    } else {
      if (changes_records) ++revision;
      commit->result = revision;
    }
    ++finished;
  }
  if (batch.empty()) return finished;
  const Status written = store_->Write(batch);
  if (written.ok()) {
    Publish(revision);
    return finished;
  }
  for (size_t i = 0; i < finished; ++i) {
    if (group[i]->result.ok()) group[i]->result = written;
  }
  return finished;
}

StatusOr<RecordVersion> RecordLog::GetVersion(std::string_view collection, std::string_view id,
                                              std::optional<Revision> at) const {
  DUIJIE_ASSIGN_OR_RETURN(const View view, ViewAt(at));
  const auto it = store_->Scan(record_keys::Version(collection, id, view.revision),
                               PrefixEnd(record_keys::VersionsOfRecord(collection, id)), view.snapshot.get());
  DUIJIE_RETURN_IF_ERROR(it->status());
  if (!it->Valid()) return NotFound(collection, id);
  return ReadVersion(*it);
}

StatusOr<RecordVersion> RecordLog::Get(std::string_view collection, std::string_view id,
                                       std::optional<Revision> at) const {
  DUIJIE_ASSIGN_OR_RETURN(RecordVersion version, GetVersion(collection, id, at));
  if (version.deleted) return NotFound(collection, id);
  return version;
}

StatusOr<RecordPage> RecordLog::List(std::string_view collection, std::string_view start_after_id,
                                     size_t limit, std::optional<Revision> at) const {
  DUIJIE_ASSIGN_OR_RETURN(const View view, ViewAt(at));
  limit = std::clamp<size_t>(limit, 1, kMaxPageSize);
  RecordPage page;
  page.revision = view.revision;
  const std::string all = record_keys::VersionsOfCollection(collection);
  const std::string begin =
      start_after_id.empty() ? all : PrefixEnd(record_keys::VersionsOfRecord(collection, start_after_id));
  const auto it = store_->Scan(begin, PrefixEnd(all), view.snapshot.get());
  std::string last;
  for (size_t scanned = 0; it->Valid(); ++scanned) {
    if (page.items.size() == limit || scanned == kMaxScannedPerPage) {
      page.next = last;
      break;
    }
    Revision revision = 0;
    if (!record_keys::ParseVersion(it->key(), &last, &revision)) return record_values::Undecodable(it->key());
    DUIJIE_ASSIGN_OR_RETURN(const bool found, MoveToVersionAt(*it, collection, last, view.revision));
    if (!found) continue;
    DUIJIE_ASSIGN_OR_RETURN(RecordVersion version, ReadVersion(*it));
    if (!version.deleted) page.items.push_back({last, std::move(version)});
    LeaveVersions(*it, record_keys::VersionsOfRecord(collection, last));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

StatusOr<IndexPage> RecordLog::ListByIndex(std::string_view index, std::string_view key_prefix,
                                           std::string_view start_after, size_t limit) const {
  const View view = CurrentView();
  limit = std::clamp<size_t>(limit, 1, kMaxPageSize);
  IndexPage page;
  page.revision = view.revision;
  const std::string prefix = record_keys::IndexKeysFrom(index, key_prefix);
  std::string begin = prefix;
  if (!start_after.empty()) begin = std::max(begin, record_keys::IndexPosition(index, start_after) + '\0');
  const auto it = store_->Scan(begin, PrefixEnd(prefix), view.snapshot.get());
  std::string last;
  for (; it->Valid(); it->Next()) {
    if (page.entries.size() == limit) {
      page.next = last;
      break;
    }
    IndexEntry entry;
    if (!record_keys::ParseIndex(it->key(), &entry)) return record_values::Undecodable(it->key());
    page.entries.push_back(std::move(entry));
    last = record_keys::IndexTail(index, it->key());
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

StatusOr<std::vector<Change>> RecordLog::ChangesSince(Revision after, size_t limit) const {
  const View view = CurrentView();
  std::vector<Change> changes;
  if (after >= view.revision) return changes;
  limit = std::clamp<size_t>(limit, 1, kMaxPageSize);
  const auto it = store_->Scan(record_keys::ChangeAt(after + 1), PrefixEnd(record_keys::AllChanges()),
                               view.snapshot.get());
  for (; it->Valid() && changes.size() < limit; it->Next()) {
    Revision revision = 0;
    if (!record_keys::ParseChange(it->key(), &revision)) return record_values::Undecodable(it->key());
    DUIJIE_RETURN_IF_ERROR(record_values::DecodeChanges(it->key(), it->value(), revision, &changes));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return changes;
}

bool RecordLog::WaitForChange(Revision after, std::chrono::milliseconds max_wait) const {
  std::unique_lock lock(view_mutex_);
  view_changed_.wait_for(lock, max_wait, [&] { return shutdown_ || view_.revision > after; });
  return view_.revision > after;
}

void RecordLog::Shutdown() {
  {
    const std::lock_guard lock(view_mutex_);
    shutdown_ = true;
  }
  view_changed_.notify_all();
}

StatusOr<std::optional<std::string>> RecordLog::GetSide(std::string_view space, std::string_view key) const {
  const View view = CurrentView();
  return store_->Get(record_keys::Side(space, key), view.snapshot.get());
}

StatusOr<SidePage> RecordLog::ListSides(std::string_view space, std::string_view start_after,
                                        size_t limit) const {
  const View view = CurrentView();
  limit = std::clamp<size_t>(limit, 1, kMaxPageSize);
  SidePage page;
  const std::string all = record_keys::SidesOfSpace(space);
  const std::string begin = start_after.empty() ? all : record_keys::Side(space, start_after) + '\0';
  const auto it = store_->Scan(begin, PrefixEnd(all), view.snapshot.get());
  for (; it->Valid(); it->Next()) {
    if (page.entries.size() == limit) {
      page.next = page.entries.back().key;
      break;
    }
    SideEntry entry;
    if (!record_keys::ParseSide(it->key(), &entry)) return record_values::Undecodable(it->key());
    entry.value = it->value();
    page.entries.push_back(std::move(entry));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

}  // namespace duijie
