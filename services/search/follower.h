// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps one index in step with the catalog: asks for the changes after the revision that the index itself
// holds, applies them, commits. One thread; errors of the catalog or of the index are logged and tried again,
// later and later.
//
// Commits: when the catalog has nothing more at the moment and commit_interval has passed since the last one,
// when somebody waits for a revision, or when commit_documents are pending. Under a steady stream commits
// take at most one part in kCommitShare of the time, so that a growing index does not spend itself on
// committing.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "common/config/config.h"
#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/search/collection_index.h"

namespace duijie::search {

// Changes of a collection, as FeedService.ListChanges gives them; waits as the request says. Called on one
// thread.
using ListChanges =
    std::function<StatusOr<internal::v1::ListChangesResponse>(const internal::v1::ListChangesRequest&)>;

inline constexpr int kChangesPerPage = 1'000;
inline constexpr std::chrono::milliseconds kLongPoll{
    250};  // also how long another collection's revision may stay unseen
inline constexpr int kCommitShare = 4;

class Follower {
 public:
  // `index` must outlive this. Runs from Start to Stop (or destruction).
  Follower(v1::Collection collection, CollectionIndex& index, ListChanges list_changes, SearchConfig config);
  ~Follower();

  void Start();
  void Stop();

  // One round: one page applied, and committed if it is time. For tests, instead of Start.
  Status Step();

 private:
  using Time = std::chrono::steady_clock::time_point;

  void Run();
  bool TimeToCommit(bool more) const;
  Status CommitNow();
  void Pause(std::chrono::milliseconds duration);

  const v1::Collection collection_;
  CollectionIndex& index_;
  const ListChanges list_changes_;
  const SearchConfig config_;

  Time last_commit_{};
  std::chrono::steady_clock::duration commit_took_{};

  std::mutex mutex_;
  std::condition_variable stopping_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace duijie::search
