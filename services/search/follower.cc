// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/follower.h"

#include <algorithm>

#include "common/log/log.h"

namespace duijie::search {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{100};
constexpr milliseconds kLongestPause{5'000};

}  // namespace

Follower::Follower(v1::Collection collection, CollectionIndex& index, ListChanges list_changes,
                   SearchConfig config)
    : collection_(collection), index_(index), list_changes_(std::move(list_changes)), config_(config) {}

Follower::~Follower() { Stop(); }

void Follower::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Follower::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Follower::Pause(milliseconds duration) {
  std::unique_lock lock(mutex_);
  stopping_.wait_for(lock, duration, [this] { return stop_.load(); });
}

void Follower::Run() {
  milliseconds pause = kFirstPause;
  while (!stop_) {
    const Status step = Step();
    if (step.ok()) {
      pause = kFirstPause;
      continue;
    }
    if (stop_) break;
    log::Warn(
        "index_follow_failed",
        {{"collection", v1::Collection_Name(collection_)}, {"error", step}, {"retry_ms", pause.count()}});
    Pause(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
  if (const Status last = CommitNow(); !last.ok()) {
    log::Warn("index_commit_failed", {{"collection", v1::Collection_Name(collection_)}, {"error", last}});
  }
}

bool Follower::TimeToCommit(const internal::v1::ListChangesResponse& page) const {
  const int64_t pending = index_.PendingDocuments();
  if (pending == 0) return false;
  if (pending >= config_.commit_documents) return true;
  if (!page.more() && (page.changes().empty() || index_.HasWaiters())) return true;
  const auto since = std::chrono::steady_clock::now() - last_commit_;
  const auto interval = std::chrono::steady_clock::duration(milliseconds(config_.commit_interval_ms));
  return since >= std::max(interval, commit_took_ * kCommitShare);
}

Status Follower::CommitNow() {
  const Time begin = std::chrono::steady_clock::now();
  const Status committed = index_.Commit();
  last_commit_ = std::chrono::steady_clock::now();
  commit_took_ = last_commit_ - begin;
  return committed;
}

Follower::Page Follower::FetchAfter(int64_t revision, milliseconds wait) const {
  internal::v1::ListChangesRequest request;
  request.set_collection(collection_);
  request.set_after_revision(revision);
  request.set_limit(kChangesPerPage);
  request.set_wait_ms(static_cast<int32_t>(wait.count()));
  return list_changes_(request);
}

Follower::Page Follower::ChangesAfter(int64_t revision) {
  if (ahead_.valid()) {
    Page ahead = ahead_.get();
    if (ahead_after_ == revision && ahead.ok()) return ahead;
  }
  const bool pending = index_.PendingDocuments() > 0;
  return FetchAfter(revision,
                    pending ? std::min(kLongPoll, milliseconds(config_.commit_interval_ms)) : kLongPoll);
}

void Follower::FetchAhead(const internal::v1::ListChangesResponse& page) {
  if (!page.more() || stop_) return;
  ahead_after_ = page.revision();
  ahead_ = std::async(std::launch::async,
                      [this, after = ahead_after_] { return FetchAfter(after, milliseconds(0)); });
}

Status Follower::Step() {
  if (index_.readable().TakeDamaged()) {
    log::Error("index_damaged", {{"collection", v1::Collection_Name(collection_)}});
    return index_.Clear();
  }
  const int64_t seen = index_.AppliedRevision();
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ListChangesResponse page, ChangesAfter(seen));
  if (page.revision() < seen) {
    // The catalog was restored from a backup: this index knows changes that never happened.
    log::Warn("index_ahead_of_catalog", {{"collection", v1::Collection_Name(collection_)},
                                         {"index_revision", seen},
                                         {"catalog_revision", page.revision()}});
    return index_.Clear();
  }
  FetchAhead(page);
  DUIJIE_RETURN_IF_ERROR(index_.Apply(page));
  return TimeToCommit(page) ? CommitNow() : OkStatus();
}

}  // namespace duijie::search
