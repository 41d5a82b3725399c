// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/readable_index.h"

#include <cstdlib>

#include "services/search/index_schema.h"
#include "services/search/xapian_guard.h"

namespace duijie::search {
namespace {

constexpr size_t kKeptVersions =
    4;  // Xapian keeps two commits readable; two more for readers between open and look-up
constexpr size_t kPooledReaders = 16;
constexpr int kFreeAttempts = 3;  // before the writer is held back

}  // namespace

StatusOr<ForwardView> IndexReader::Forward(Xapian::docid id, std::string* buffer) const {
  ForwardCache& cache = version_.caches->forward;
  if (const std::string_view held = cache.Find(id); !held.empty()) return ForwardView::ParseChecked(held);
  *buffer = database_.get_metadata(ForwardKey(id));
  DUIJIE_ASSIGN_OR_RETURN(const ForwardView view, ForwardView::Parse(*buffer));
  cache.Put(id, *buffer);
  return view;
}

StatusOr<StoredTexts> IndexReader::Texts(Xapian::docid id) const {
  return DecodeTexts(database_.get_metadata(TextsKey(id)));
}

std::optional<Xapian::docid> IndexReader::Find(const std::string& name) const {
  const std::string term = TermOf(Prefix::kName, name);
  const Xapian::PostingIterator found = database_.postlist_begin(term);
  if (found == database_.postlist_end(term)) return std::nullopt;
  return *found;
}

ReadableIndex::Pooled ReadableIndex::Acquire() {
  uint64_t epoch = 0;
  {
    const std::lock_guard lock(mutex_);
    epoch = epoch_;
    if (!pool_.empty()) {
      Pooled pooled = std::move(pool_.back());
      pool_.pop_back();
      return pooled;
    }
  }
  return {Xapian::Database(folder_), epoch};
}

void ReadableIndex::Release(Pooled pooled) {
  const std::lock_guard lock(mutex_);
  if (pooled.epoch == epoch_ && pool_.size() < kPooledReaders) pool_.push_back(std::move(pooled));
}

std::optional<IndexVersion> ReadableIndex::FindVersion(uint64_t generation) const {
  const std::lock_guard lock(mutex_);
  for (const IndexVersion& version : versions_) {
    if (version.generation == generation) return version;
  }
  return std::nullopt;
}

Status ReadableIndex::TryRead(const std::function<Status(const IndexReader&)>& body) {
  return GuardXapian([&]() -> Status {
    Pooled pooled = Acquire();
    pooled.database.reopen();
    const std::string generation = pooled.database.get_metadata(kGenerationKey);
    std::optional<IndexVersion> version = FindVersion(std::strtoull(generation.c_str(), nullptr, 10));
    if (!version) return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "the index is being replaced");
    DUIJIE_RETURN_IF_ERROR(body(IndexReader(pooled.database, *std::move(version))));
    Release(std::move(pooled));
    return OkStatus();
  });
}

// Blocks that change under a reader show as DatabaseModifiedError, and now and then as damage: Xapian looks
// at a block's level before its age. What is still damaged on the newest commit, with the writer held back,
// is: then the follower builds the index anew, since everything in it is derived.
Status ReadableIndex::Read(const std::function<Status(const IndexReader&)>& body) {
  for (int attempt = 0; attempt < kFreeAttempts; ++attempt) {
    Status status = TryRead(body);
    if (status.code() != StatusCode::kUnavailable && status.code() != StatusCode::kDataLoss) return status;
  }
  const std::shared_lock no_commit(commit_gate_);
  Status status = TryRead(body);
  if (status.code() != StatusCode::kDataLoss) return status;
  damaged_ = true;
  return Error(StatusCode::kUnavailable, "INDEX_BEHIND",
               "the index is damaged and is built anew from the catalog");
}

IndexVersion ReadableIndex::Current() const {
  const std::lock_guard lock(mutex_);
  for (const IndexVersion& version : versions_) {
    if (version.generation == current_) return version;
  }
  return {};
}

void ReadableIndex::Announce(IndexVersion version) {
  const std::lock_guard lock(mutex_);
  std::erase_if(versions_, [&](const IndexVersion& known) { return known.generation >= version.generation; });
  versions_.push_back(std::move(version));
  if (versions_.size() > kKeptVersions) versions_.pop_front();
}

void ReadableIndex::Publish(const IndexVersion& version) {
  const std::lock_guard lock(mutex_);
  current_ = version.generation;
  bool is_known = false;
  for (IndexVersion& known : versions_) {
    if (known.generation == version.generation) {
      known = version;
      is_known = true;
    } else if (known.generation < version.generation) {
      known.caches = std::make_shared<CommitCaches>(known.caches->last);  // few readers will still come
    }
  }
  if (!is_known) versions_.push_back(version);
}

void ReadableIndex::Reset() {
  const std::lock_guard lock(mutex_);
  versions_.clear();
  pool_.clear();
  ++epoch_;
}

}  // namespace duijie::search
