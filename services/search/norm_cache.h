// SPDX-License-Identifier: GPL-3.0-or-later
// Gram norms (GramStatistics::NormsOf) of the documents of one commit, computed when first asked for: a norm
// looks up hundreds of frequencies in a table that exceeds the processor's caches. Thread-safe, without
// locks; two threads may compute the same norm, which is the same number.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include <xapian.h>

#include "services/search/document_slots.h"
#include "services/search/gram_statistics.h"

namespace duijie::search {

class NormCache {
 public:
  // For documents up to `last`; others are not kept.
  explicit NormCache(Xapian::docid last) : norms_(last) {}

  std::optional<GramNorms> Find(Xapian::docid id) const {
    const uint64_t word = norms_.Get(id);
    if (word == 0) return std::nullopt;  // norms of 0 are cheap: no grams
    return std::bit_cast<GramNorms>(word);
  }
  void Put(Xapian::docid id, GramNorms norms) { norms_.Set(id, std::bit_cast<uint64_t>(norms)); }

 private:
  DocumentSlots<uint64_t> norms_;
};

}  // namespace duijie::search
