// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/memory_store.h"

#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace duijie {
namespace {

// Every key holds its versions by sequence number, newest first. Versions that no snapshot can see are
// dropped: at the next write of the key, or for all keys when the last snapshot goes.
class VersionedMap {
 public:
  using Value = std::optional<std::string>;
  struct Entry {
    std::string key;
    std::string value;
  };

  Value Get(std::string_view key, uint64_t at) const {
    std::shared_lock lock(mutex_);
    auto found = entries_.find(key);
    if (found == entries_.end()) return std::nullopt;
    return NewestAt(found->second, at);
  }

  void Apply(const WriteBatch& batch) {
    std::unique_lock lock(mutex_);
    const uint64_t sequence = sequence_ + 1;
    for (const auto& op : batch.operations()) {
      entries_[op.key][sequence] = op.value;
      Prune(op.key);
    }
    sequence_ = sequence;
  }

  // The first live entry at or after `from` and before `end`.
  std::optional<Entry> First(std::string_view from, std::string_view end, uint64_t at) const {
    std::shared_lock lock(mutex_);
    for (auto it = entries_.lower_bound(from); it != entries_.end(); ++it) {
      if (!end.empty() && it->first >= end) break;
      if (const Value value = NewestAt(it->second, at)) return Entry{it->first, *value};
    }
    return std::nullopt;
  }

  std::optional<Entry> Last(std::string_view begin, std::string_view end, uint64_t at) const {
    std::shared_lock lock(mutex_);
    auto it = end.empty() ? entries_.end() : entries_.lower_bound(end);
    while (it != entries_.begin()) {
      --it;
      if (it->first < begin) break;
      if (const Value value = NewestAt(it->second, at)) return Entry{it->first, *value};
    }
    return std::nullopt;
  }

  uint64_t Pin() {
    std::unique_lock lock(mutex_);
    pinned_.insert(sequence_);
    return sequence_;
  }

  void PinAgain(uint64_t sequence) {
    std::unique_lock lock(mutex_);
    pinned_.insert(sequence);
  }

  void Unpin(uint64_t sequence) {
    std::unique_lock lock(mutex_);
    pinned_.erase(pinned_.find(sequence));
    if (!pinned_.empty()) return;
    for (const std::string& key : std::exchange(with_history_, {})) Prune(key);
  }

  KvStats Stats() const {
    std::shared_lock lock(mutex_);
    KvStats stats;
    stats.entries = entries_.size();
    for (const auto& [key, versions] : entries_) {
      stats.memory_bytes += key.size();
      for (const auto& [sequence, value] : versions) stats.memory_bytes += value ? value->size() : 0;
    }
    return stats;
  }

 private:
  using Versions = std::map<uint64_t, Value, std::greater<>>;

  static Value NewestAt(const Versions& versions, uint64_t at) {
    auto found = versions.lower_bound(at);  // newest first: the first with sequence <= at
    return found == versions.end() ? std::nullopt : found->second;
  }

  void Prune(const std::string& key) {
    auto found = entries_.find(key);
    if (found == entries_.end()) return;
    Versions& versions = found->second;
    if (pinned_.empty()) {
      versions.erase(std::next(versions.begin()), versions.end());
      if (!versions.begin()->second) entries_.erase(found);
      return;
    }
    // Keep what the oldest pin sees and everything newer.
    auto oldest_needed = versions.lower_bound(*pinned_.begin());
    if (oldest_needed != versions.end()) versions.erase(std::next(oldest_needed), versions.end());
    if (versions.size() > 1 || !versions.begin()->second) with_history_.insert(key);
  }

  mutable std::shared_mutex mutex_;
  std::map<std::string, Versions, std::less<>> entries_;
  std::multiset<uint64_t> pinned_;
  std::set<std::string> with_history_;
  uint64_t sequence_ = 0;
};

class MemorySnapshot final : public Snapshot {
 public:
  explicit MemorySnapshot(VersionedMap* map) : map_(map), sequence_(map->Pin()) {}
  MemorySnapshot(VersionedMap* map, uint64_t sequence) : map_(map), sequence_(sequence) {
    map->PinAgain(sequence);
  }
  ~MemorySnapshot() override { map_->Unpin(sequence_); }
  MemorySnapshot(const MemorySnapshot&) = delete;
  MemorySnapshot& operator=(const MemorySnapshot&) = delete;

  uint64_t sequence() const { return sequence_; }

 private:
  VersionedMap* map_;
  uint64_t sequence_;
};

class MemoryIterator final : public Iterator {
 public:
  MemoryIterator(VersionedMap* map, std::unique_ptr<MemorySnapshot> pin, std::string_view begin,
                 std::string_view end)
      : map_(map), pin_(std::move(pin)), begin_(begin), end_(end) {
    Seek(begin_);
  }

  bool Valid() const override { return entry_.has_value(); }
  void Seek(std::string_view key) override {
    entry_ = map_->First(std::max(key, std::string_view(begin_)), end_, pin_->sequence());
  }
  void SeekToLast() override { entry_ = map_->Last(begin_, end_, pin_->sequence()); }
  void Next() override { Seek(entry_->key + '\0'); }
  std::string_view key() const override { return entry_->key; }
  std::string_view value() const override { return entry_->value; }
  Status status() const override { return OkStatus(); }

 private:
  VersionedMap* map_;
  std::unique_ptr<MemorySnapshot> pin_;
  const std::string begin_;
  const std::string end_;
  std::optional<VersionedMap::Entry> entry_;
};

class MemoryStore final : public KvStore {
 public:
  StatusOr<std::optional<std::string>> Get(std::string_view key, const Snapshot* snapshot) const override {
    return map_.Get(key, SequenceOf(snapshot));
  }

  Status Write(const WriteBatch& batch) override {
    DUIJIE_RETURN_IF_ERROR(batch.Check());
    map_.Apply(batch);
    return OkStatus();
  }

  std::unique_ptr<Iterator> Scan(std::string_view begin, std::string_view end,
                                 const Snapshot* snapshot) const override {
    auto pin = snapshot ? std::make_unique<MemorySnapshot>(&map_, SequenceOf(snapshot))
                        : std::make_unique<MemorySnapshot>(&map_);
    return std::make_unique<MemoryIterator>(&map_, std::move(pin), begin, end);
  }

  std::unique_ptr<Snapshot> GetSnapshot() const override { return std::make_unique<MemorySnapshot>(&map_); }

  Status Backup(const std::string&) override {
    return Error(StatusCode::kUnimplemented, "BACKUP_UNSUPPORTED", "a store in memory has no backup");
  }

  KvStats Stats() const override { return map_.Stats(); }

 private:
  static uint64_t SequenceOf(const Snapshot* snapshot) {
    return snapshot ? static_cast<const MemorySnapshot*>(snapshot)->sequence() : UINT64_MAX;
  }

  mutable VersionedMap map_;
};

}  // namespace

std::unique_ptr<KvStore> NewMemoryStore() { return std::make_unique<MemoryStore>(); }

}  // namespace duijie
