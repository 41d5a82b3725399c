// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/snapshots.h"

#include <filesystem>

namespace duijie::search {
namespace {

namespace fs = std::filesystem;

void RemoveFolder(const std::string& folder) {
  std::error_code ignored;  // what stays is removed at the next start
  fs::remove_all(folder, ignored);
}

}  // namespace

Snapshots::Snapshots(std::string folder, const Indexes& indexes, const Clock& clock, SnapshotSources sources)
    : folder_(std::move(folder)), indexes_(indexes), clock_(clock), sources_(std::move(sources)) {
  RemoveFolder(folder_);
}

Snapshots::~Snapshots() {
  snapshots_.clear();
  RemoveFolder(folder_);
}

void Snapshots::DropIdle() {
  const UnixMicros oldest = clock_.Now() - std::chrono::microseconds(kSnapshotIdleTime).count();
  std::erase_if(snapshots_, [&](const auto& entry) {
    return entry.second.index != nullptr && entry.second.used < oldest;
  });
}

StatusOr<std::string> Snapshots::Open(v1::Collection collection, int64_t revision,
                                      const std::function<Status()>& alive) {
  const std::string id = sources_.make_id();
  {
    const std::lock_guard lock(mutex_);
    DropIdle();
    if (snapshots_.size() >= kMaxSnapshots) {
      return Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "too many index snapshots are in use",
                   {{"limit", std::to_string(kMaxSnapshots)}});
    }
    snapshots_[id] = {collection, nullptr, clock_.Now()};  // takes the place while the copy is made
  }
  StatusOr<std::shared_ptr<CollectionIndex>> made = Make(collection, id, revision, alive);
  const std::lock_guard lock(mutex_);
  if (!made.ok()) {
    snapshots_.erase(id);
    RemoveFolder(folder_ + "/" + id);
    return made.status();
  }
  snapshots_[id] = {collection, *std::move(made), clock_.Now()};
  return id;
}

StatusOr<std::shared_ptr<CollectionIndex>> Snapshots::Make(v1::Collection collection, const std::string& id,
                                                           int64_t revision,
                                                           const std::function<Status()>& alive) {
  CollectionIndex& live = indexes_.Of(collection);
  DUIJIE_RETURN_IF_ERROR(live.WaitForRevision(revision, kSnapshotRevisionWait));
  const std::string folder = folder_ + "/" + id;
  DUIJIE_ASSIGN_OR_RETURN(const int64_t copied, live.CopyTo(folder));
  DUIJIE_ASSIGN_OR_RETURN(std::unique_ptr<CollectionIndex> copy,
                          CollectionIndex::Open(folder, sources_.builder));
  if (copied > revision) DUIJIE_RETURN_IF_ERROR(Rewind(collection, *copy, copied, revision, alive));
  copy->ShowRevision(revision);
  // The folder goes when its last reader does.
  return std::shared_ptr<CollectionIndex>(copy.release(), [folder](CollectionIndex* index) {
    delete index;
    RemoveFolder(folder);
  });
}

// Puts the records that changed in (to, from] back to what they were at `to`.
Status Snapshots::Rewind(v1::Collection collection, CollectionIndex& copy, int64_t from, int64_t to,
                         const std::function<Status()>& alive) {
  internal::v1::ListChangesRequest request;
  request.set_collection(collection);
  request.set_after_revision(to);
  request.set_until_revision(from);
  request.set_limit(kChangesPerPage);
  for (bool more = true; more;) {
    DUIJIE_RETURN_IF_ERROR(alive());
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ListChangesResponse page, sources_.list_changes(request));
    more = page.more();
    request.set_after_revision(page.revision());
    if (page.changes().empty()) continue;
    internal::v1::ReadRecordsRequest then;
    then.set_at_revision(to);
    for (const internal::v1::ChangedRecord& change : page.changes()) then.add_names(change.name());
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse records, sources_.read_records(then));
    if (records.records_size() != page.changes_size()) {
      return Error(StatusCode::kInternal, "INTERNAL", "the catalog left out records that were asked for");
    }
    for (int i = 0; i < page.changes_size(); ++i) {
      page.mutable_changes(i)->mutable_record()->Swap(records.mutable_records(i));
    }
    DUIJIE_RETURN_IF_ERROR(copy.Apply(page));
  }
  return copy.Commit();
}

StatusOr<std::shared_ptr<CollectionIndex>> Snapshots::Find(v1::Collection collection, const std::string& id) {
  const std::lock_guard lock(mutex_);
  DropIdle();
  const auto found = snapshots_.find(id);
  if (found == snapshots_.end() || found->second.index == nullptr || found->second.collection != collection) {
    return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no such index snapshot", {{"snapshot_id", id}});
  }
  found->second.used = clock_.Now();
  return found->second.index;
}

void Snapshots::Close(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto found = snapshots_.find(id);
  if (found != snapshots_.end() && found->second.index != nullptr) snapshots_.erase(found);
}

}  // namespace duijie::search
