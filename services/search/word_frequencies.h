// SPDX-License-Identifier: GPL-3.0-or-later
// In how many documents of one commit a word stands, for words asked for before: Xapian walks its B-tree for
// each, and a match asks for hundreds of them twice. Bounded; a full cache answers what it knows.
// Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include <xapian.h>

namespace duijie::search {

inline constexpr size_t kMaxKeptWords = 50'000;  // of one commit; some 4 MiB

class WordFrequencies {
 public:
  // Of a term as the index has it. `database` must always be of the same commit. May throw Xapian's errors.
  Xapian::doccount Get(const Xapian::Database& database, const std::string& term) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (const auto known = known_.find(term); known != known_.end()) return known->second;
    }
    const Xapian::doccount frequency = database.get_termfreq(term);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (known_.size() < kMaxKeptWords) known_.emplace(term, frequency);
    return frequency;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, Xapian::doccount> known_;  // protected by mutex_
};

}  // namespace duijie::search
