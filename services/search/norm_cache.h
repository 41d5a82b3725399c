// SPDX-License-Identifier: GPL-3.0-or-later
// Gram norms (GramStatistics::NormsOf) of the documents of one commit, computed when first asked for: a norm
// looks up hundreds of frequencies in a table that exceeds the processor's caches. Thread-safe, without
// locks; two threads may compute the same norm, which is the same number.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <xapian.h>

#include "services/search/gram_statistics.h"

namespace duijie::search {

class NormCache {
 public:
  // For documents up to `last`; others are not kept. Memory: 8 bytes a document, taken by blocks as needed.
  explicit NormCache(Xapian::docid last) : blocks_(last / kBlockDocuments + 1) {}
  NormCache(const NormCache&) = delete;
  NormCache& operator=(const NormCache&) = delete;
  ~NormCache() {
    for (const std::atomic<Block*>& block : blocks_) delete block.load(std::memory_order_relaxed);
  }

  std::optional<GramNorms> Find(Xapian::docid id) const {
    if (id / kBlockDocuments >= blocks_.size()) return std::nullopt;
    const Block* const block = blocks_[id / kBlockDocuments].load(std::memory_order_acquire);
    if (block == nullptr) return std::nullopt;
    const uint64_t stored = (*block)[id % kBlockDocuments].load(std::memory_order_relaxed);
    if (stored == 0) return std::nullopt;  // norms of 0 are cheap: no grams
    return std::bit_cast<GramNorms>(stored);
  }

  void Put(Xapian::docid id, GramNorms norms) {
    if (id / kBlockDocuments >= blocks_.size()) return;
    std::atomic<Block*>& place = blocks_[id / kBlockDocuments];
    Block* block = place.load(std::memory_order_acquire);
    if (block == nullptr) {
      auto fresh = std::make_unique<Block>();
      if (place.compare_exchange_strong(block, fresh.get(), std::memory_order_acq_rel))
        block = fresh.release();
    }
    (*block)[id % kBlockDocuments].store(std::bit_cast<uint64_t>(norms), std::memory_order_relaxed);
  }

 private:
  static constexpr size_t kBlockDocuments = 4096;
  using Block = std::array<std::atomic<uint64_t>, kBlockDocuments>;
  std::vector<std::atomic<Block*>> blocks_;
};

}  // namespace duijie::search
