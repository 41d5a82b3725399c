// SPDX-License-Identifier: GPL-3.0-or-later
// RecordLog: versioned records over a KvStore. A commit writes records, their index keys, a change-log entry
// and side entries in one atomic, synced batch, under one revision; the past stays readable by revision.
//
// Visibility: CurrentRevision() names the newest published state. Reads without a revision see exactly that
// state, in records, indexes, changes and side entries alike; whoever was told revision R, by any method
// here, can read everything up to R. Revisions have no gaps.
//
// Threads: all methods may be called from any thread. Concurrent commits are put into one batch where they do
// not touch the same thing, so they share one disk sync; the queue holds at most one entry per calling
// thread.
//
// Only one RecordLog at a time uses a KvStore, and nobody else writes keys of the record layer
// (record_keys.h). Errors, besides those of KvStore and those named at a method:
//   INVALID_ARGUMENT COMMIT_LIMIT, INVALID_COMMIT   a commit over a limit of record_types.h, empty, or naming
//   one
//                                                   record twice
//   DATA_LOSS STORE_CORRUPT                         stored bytes do not decode; metadata "key" in hex
//   OUT_OF_RANGE REVISION_IN_FUTURE                 `at` is above CurrentRevision()
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/storage/commit_planner.h"
#include "common/storage/kv_store.h"
#include "common/storage/record_types.h"

namespace duijie {

class RecordLog {
 public:
  // `store` outlives the log. Recovers the revision from the last change entry.
  static StatusOr<std::unique_ptr<RecordLog>> Open(KvStore* store);

  ~RecordLog();
  RecordLog(const RecordLog&) = delete;
  RecordLog& operator=(const RecordLog&) = delete;

  Revision CurrentRevision() const;

  // The newest version at or before `at` (default: now). NOT_FOUND RECORD_NOT_FOUND if there was no record
  // then or it was deleted.
  StatusOr<RecordVersion> Get(std::string_view collection, std::string_view id,
                              std::optional<Revision> at = {}) const;
  // The same, but a tombstone is an answer too (deleted = true).
  StatusOr<RecordVersion> GetVersion(std::string_view collection, std::string_view id,
                                     std::optional<Revision> at = {}) const;

  // All or nothing. Returns the revision of the mutations, or the current one if there are only side entries.
  //   ABORTED STALE_REVISION           an expected_revision is not the live record's (0 = no live record);
  //                                    metadata collection, id, expected_revision, actual_revision
  //   ALREADY_EXISTS UNIQUE_CONFLICT   a unique index key is held by another record; metadata collection, id,
  //                                    index, owner_collection, owner_id
  //   NOT_FOUND RECORD_NOT_FOUND       a tombstone for a record that is not there
  //   ABORTED SIDE_ENTRY_EXISTS        a must_be_new side entry is there
  // After an error of the store itself the commit is not visible; after STORE_IO_ERROR it may be after a
  // restart.
  StatusOr<Revision> Commit(std::vector<Mutation> mutations, std::vector<SideEntry> side_entries = {});

  // Live records of a collection in id order. Pass the first page's revision as `at` to read all pages from
  // one state.
  StatusOr<RecordPage> List(std::string_view collection, std::string_view start_after_id, size_t limit,
                            std::optional<Revision> at = {}) const;

  // Entries whose key starts with `key_prefix`, in order of key, collection, id; the current state only.
  // `start_after` is the `next` of the page before, or empty.
  StatusOr<IndexPage> ListByIndex(std::string_view index, std::string_view key_prefix,
                                  std::string_view start_after, size_t limit) const;

  // Changes of the revisions above `after`, oldest first. Whole commits only: a page ends with the first
  // commit that brings it to `limit` changes or more. Go on from the last change's revision.
  StatusOr<std::vector<Change>> ChangesSince(Revision after, size_t limit) const;

  // Waits until CurrentRevision() > `after`, Shutdown() or `max_wait`; true if CurrentRevision() > `after`.
  bool WaitForChange(Revision after, std::chrono::milliseconds max_wait) const;
  // Wakes every waiter, now and in future; commits and reads go on.
  void Shutdown();

  StatusOr<std::optional<std::string>> GetSide(std::string_view space, std::string_view key) const;
  StatusOr<SidePage> ListSides(std::string_view space, std::string_view start_after, size_t limit) const;

 private:
  // A state that readers may see.
  struct View {
    Revision revision;
    std::shared_ptr<const Snapshot> snapshot;
  };
  struct PendingCommit;

  RecordLog(KvStore* store, View view) : store_(store), view_(std::move(view)) {}

  View CurrentView() const;
  StatusOr<View> ViewAt(std::optional<Revision> at) const;
  void Publish(Revision revision);
  size_t CommitGroup(const std::vector<PendingCommit*>& group);

  KvStore* const store_;

  mutable std::mutex view_mutex_;
  mutable std::condition_variable view_changed_;
  View view_;              // protected by view_mutex_
  bool shutdown_ = false;  // protected by view_mutex_

  std::mutex queue_mutex_;
  std::deque<PendingCommit*> queue_;  // protected by queue_mutex_; the front one writes for those behind it
};

}  // namespace duijie
