// SPDX-License-Identifier: GPL-3.0-or-later
// Values by name, bounded by the memory they take; those used longest ago go first. Thread-safe.
#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace duijie {

template <typename Value>
class ByteCache {
 public:
  explicit ByteCache(size_t max_bytes) : max_bytes_(max_bytes) {}

  // nullptr if nothing is held under this name.
  std::shared_ptr<const Value> Find(std::string_view name) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->value;
  }

  // Replaces what is held under the name. `bytes`: what the value takes; one that exceeds the whole cache is
  // not held.
  void Put(std::string name, std::shared_ptr<const Value> value, size_t bytes) {
    bytes += name.size() + kEntryOverhead;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto known = by_name_.find(name); known != by_name_.end()) Drop(known->second);
    if (bytes > max_bytes_) return;
    entries_.push_front({std::move(name), std::move(value), bytes});
    by_name_.emplace(entries_.front().name, entries_.begin());
    bytes_ += bytes;
    while (bytes_ > max_bytes_) Drop(std::prev(entries_.end()));
  }

 private:
  static constexpr size_t kEntryOverhead = 256;  // bytes of list, map and allocations
  struct Entry {
    std::string name;
    std::shared_ptr<const Value> value;
    size_t bytes = 0;
  };
  using Entries = std::list<Entry>;

  void Drop(typename Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_name_.erase(entry->name);
    entries_.erase(entry);
  }

  const size_t max_bytes_;
  std::mutex mutex_;
  size_t bytes_ = 0;  // protected by mutex_, as all below
  Entries entries_;   // latest used first
  std::unordered_map<std::string_view, typename Entries::iterator> by_name_;  // names of the entries
};

}  // namespace duijie
