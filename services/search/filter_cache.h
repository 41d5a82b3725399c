// SPDX-License-Identifier: GPL-3.0-or-later
// Which documents of one commit pass a filter, one bit each, for the filters that are asked for again and
// again: who may see a record is a filter of most of the collection, and Xapian decodes its lists anew for
// every query. Bounded; the filters used longest ago go first. Thread-safe; two threads may read the same
// filter at once, which lets the same documents pass.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include <xapian.h>

#include "services/search/document_set.h"

namespace duijie::search {

inline constexpr size_t kKeptFilters = 16;            // of one commit; a bit a document each
inline constexpr int kAsksBeforeKept = 3;             // reading one costs as much as a few queries
inline constexpr size_t kMaxKeptFilterBytes = 4'096;  // of a serialised filter; longer ones are not kept

class FilterCache {
 public:
  // The documents that pass, or nullptr if the filter was not asked for often enough to be kept. `database`
  // must always be of the same commit. May throw Xapian's errors.
  std::shared_ptr<const DocumentSet> Get(const Xapian::Database& database, const Xapian::Query& filter);

 private:
  struct Entry {
    std::string key;  // the filter, serialised
    int asks = 0;
    std::shared_ptr<const DocumentSet> bits;  // nullptr: not read yet
  };
  std::list<Entry>::iterator Touch(const std::string& key);  // with mutex_ held

  std::mutex mutex_;
  std::list<Entry> entries_;  // latest used first; protected by mutex_
};

}  // namespace duijie::search
