// SPDX-License-Identifier: GPL-3.0-or-later
// Indexes as of a past revision, for match runs. A snapshot is a copy of the live index, made between two
// commits; if the index has gone further than the revision asked for, the records changed since are put back
// to what they were then. Results depend on the documents alone, so either way gives the same. Snapshots live
// in one folder that is emptied at start: they do not survive the process. Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/search/collection_index.h"
#include "services/search/follower.h"
#include "services/search/search_context.h"

namespace duijie::search {

inline constexpr size_t kMaxSnapshots = 4;
inline constexpr std::chrono::minutes kSnapshotIdleTime{10};
inline constexpr std::chrono::milliseconds kSnapshotRevisionWait{10'000};

// Records as they were, as FeedService.ReadRecords gives them. Called on any thread.
using ReadRecords =
    std::function<StatusOr<internal::v1::ReadRecordsResponse>(const internal::v1::ReadRecordsRequest&)>;

struct SnapshotSources {
  std::shared_ptr<const DocumentBuilder> builder;
  ListChanges list_changes;  // here called on any thread
  ReadRecords read_records;
  std::function<std::string()> make_id;  // a fresh id of letters and digits
};

class Snapshots {
 public:
  // `indexes` and `clock` must outlive this. Removes what an earlier process left in `folder`.
  Snapshots(std::string folder, const Indexes& indexes, const Clock& clock, SnapshotSources sources);
  ~Snapshots();

  // Errors: UNAVAILABLE (INDEX_BEHIND) if the index does not reach the revision in time, RESOURCE_EXHAUSTED
  // (QUEUE_FULL) while kMaxSnapshots are in use.
  StatusOr<std::string> Open(v1::Collection collection, int64_t revision,
                             const std::function<Status()>& alive);

  // NOT_FOUND (RECORD_NOT_FOUND) if there is no such snapshot of this collection (any more).
  StatusOr<std::shared_ptr<CollectionIndex>> Find(v1::Collection collection, const std::string& id);

  // Releases it once nobody reads it any more; an unknown id is fine.
  void Close(const std::string& id);

 private:
  struct Snapshot {
    v1::Collection collection;
    std::shared_ptr<CollectionIndex> index;  // null while it is made
    UnixMicros used;
  };

  StatusOr<std::shared_ptr<CollectionIndex>> Make(v1::Collection collection, const std::string& id,
                                                  int64_t revision, const std::function<Status()>& alive);
  Status Rewind(v1::Collection collection, CollectionIndex& copy, int64_t from, int64_t to,
                const std::function<Status()>& alive);
  void DropIdle();

  const std::string folder_;
  const Indexes& indexes_;
  const Clock& clock_;
  const SnapshotSources sources_;
  std::mutex mutex_;
  std::map<std::string, Snapshot> snapshots_;
};

}  // namespace duijie::search
