// SPDX-License-Identifier: GPL-3.0-or-later
// The reading side of an index folder that a writer keeps committing to. Thread-safe.
//
// A reader sees one commit for as long as its body runs: the documents of that commit and the statistics that
// were published with it. Xapian keeps the blocks of a commit only until the next but one, so a slow reader
// may find them gone (DatabaseModifiedError); its body is then run again on the newest commit, and at last
// with the writer held back. So no caller ever meets that error, and a body must be able to run more than
// once.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include <xapian.h>

#include "common/status/status.h"
#include "services/search/commit_caches.h"
#include "services/search/forward_data.h"
#include "services/search/gram_statistics.h"
#include "services/search/stored_texts.h"

namespace duijie::search {

// A commit.
struct IndexVersion {
  uint64_t generation = 0;  // number of the commit
  int64_t revision = 0;     // catalog revision it shows
  std::shared_ptr<const GramStatistics> statistics;
  std::shared_ptr<CommitCaches> caches;
};

// One commit of an index, for one thread. Its methods may throw Xapian's errors; use it inside
// ReadableIndex::Read only.
class IndexReader {
 public:
  IndexReader(Xapian::Database database, IndexVersion version)
      : database_(std::move(database)), version_(std::move(version)) {}

  const Xapian::Database& database() const { return database_; }
  const GramStatistics& statistics() const { return *version_.statistics; }
  NormCache& norms() const { return version_.caches->norms; }
  LengthNorms& lengths() const { return version_.caches->lengths; }
  FilterCache& filters() const { return version_.caches->filters; }
  PostingCache& postings() const { return version_.caches->postings; }
  Xapian::doccount WordFrequency(const std::string& term) const {
    return version_.caches->words.Get(database_, term);
  }
  int64_t revision() const { return version_.revision; }

  // Valid as long as this and `buffer`, which takes the bytes where they are not held already. DATA_LOSS if
  // they are damaged.
  StatusOr<ForwardView> Forward(Xapian::docid id, std::string* buffer) const;
  StatusOr<StoredTexts> Texts(Xapian::docid id) const;
  // The document of a resource name.
  std::optional<Xapian::docid> Find(const std::string& name) const;

 private:
  Xapian::Database database_;
  IndexVersion version_;
};

class ReadableIndex {
 public:
  explicit ReadableIndex(std::string folder) : folder_(std::move(folder)) {}

  // Runs `body` on the newest commit; see above. Exceptions of Xapian in `body` become a Status.
  Status Read(const std::function<Status(const IndexReader&)>& body);

  // The newest commit.
  IndexVersion Current() const;

  // For the writer. Announce makes a commit known before it happens; Publish tells that it has happened, or,
  // for the current generation, that it also shows a later revision.
  void Announce(IndexVersion version);
  void Publish(const IndexVersion& version);
  // The folder was replaced: forgets all commits and open readers.
  void Reset();
  // True once if a reader has found damage since the last call.
  bool TakeDamaged() { return damaged_.exchange(false); }
  // Held (exclusively) while a commit is written or the folder is replaced.
  std::shared_mutex& commit_gate() { return commit_gate_; }

 private:
  struct Pooled {
    Xapian::Database database;
    uint64_t epoch;
  };
  Pooled Acquire();
  void Release(Pooled pooled);
  std::optional<IndexVersion> FindVersion(uint64_t generation) const;
  Status TryRead(const std::function<Status(const IndexReader&)>& body);

  const std::string folder_;
  std::atomic<bool> damaged_ = false;
  std::shared_mutex commit_gate_;
  mutable std::mutex mutex_;  // protects all below
  std::deque<IndexVersion> versions_;
  uint64_t current_ = 0;  // generation
  uint64_t epoch_ = 0;    // counts Resets
  std::vector<Pooled> pool_;
};

}  // namespace duijie::search
