// SPDX-License-Identifier: GPL-3.0-or-later
// The terms of the records that were matched lately: to cut a need into words and to ask the thesaurus costs
// about a third of a match, and the same need is matched again with other parameters, in runs, and whenever
// somebody opens it. Bounded by memory; thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "common/base/byte_cache.h"
#include "services/matching/query_terms.h"

namespace duijie::matching {

inline constexpr size_t kBagCacheBytes = 32 * 1024 * 1024;  // some 200 needs of usual length

class BagCache {
 public:
  explicit BagCache(size_t max_bytes) : cache_(max_bytes) {}

  // nullptr if the record was not read at its revision for this version of the model. A record whose revision
  // is not known (0) is never held.
  std::shared_ptr<const TermBag> Find(const SourceRecord& source, const std::string& model_version);
  void Put(const SourceRecord& source, const std::string& model_version, std::shared_ptr<const TermBag> bag);

 private:
  struct Entry {
    int64_t revision = 0;
    std::string model_version;
    std::shared_ptr<const TermBag> bag;
  };

  ByteCache<Entry> cache_;
};

}  // namespace duijie::matching
