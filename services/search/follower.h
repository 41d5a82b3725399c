// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps one index in step with the catalog: asks for the changes after the revision that the index itself
// holds, applies them, commits. One thread, and one more that fetches the next page while a page is applied;
// errors of the catalog or of the index are logged and tried again, later and later.
//
// Commits: when the catalog stays quiet for a moment, when somebody waits for a revision and the catalog has
// nothing more, when commit_interval has passed since the last one, or when commit_documents are pending. A
// commit rewrites parts all over the index, so under a steady stream they take at most one part in
// kCommitShare of the time; a bulk load commits every commit_documents. Every commit is synced: unsynced ones
// would spare waiting, not work, and a loss of power might leave a later part on disk without an earlier one.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>

#include "common/config/config.h"
#include "common/status/status.h"
#include "duijie/internal/v1/feed_service.pb.h"
#include "services/search/collection_index.h"

namespace duijie::search {

// Changes of a collection, as FeedService.ListChanges gives them; waits as the request says. Never called
// twice at once by one follower, but from more than one thread.
using ListChanges =
    std::function<StatusOr<internal::v1::ListChangesResponse>(const internal::v1::ListChangesRequest&)>;

inline constexpr int kChangesPerPage = 1'000;
inline constexpr std::chrono::milliseconds kLongPoll{
    250};  // also how long another collection's revision may stay unseen
inline constexpr int kCommitShare = 10;

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

  using Page = StatusOr<internal::v1::ListChangesResponse>;

  void Run();
  Page ChangesAfter(int64_t revision);
  Page FetchAfter(int64_t revision, std::chrono::milliseconds wait) const;
  void FetchAhead(const internal::v1::ListChangesResponse& page);
  bool TimeToCommit(const internal::v1::ListChangesResponse& page) const;
  Status CommitNow();
  void Pause(std::chrono::milliseconds duration);

  const v1::Collection collection_;
  CollectionIndex& index_;
  const ListChanges list_changes_;
  const SearchConfig config_;

  std::future<Page> ahead_;  // the page after revision ahead_after_, if valid
  int64_t ahead_after_ = 0;

  Time last_commit_{};
  std::chrono::steady_clock::duration commit_took_{};

  std::mutex mutex_;
  std::condition_variable stopping_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

}  // namespace duijie::search
