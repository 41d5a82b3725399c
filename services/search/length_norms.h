// SPDX-License-Identifier: GPL-3.0-or-later
// What BM25 divides by for the length of a document, k1 · (b · length / mean length + 1 − b), for all
// documents of one commit: read block by block when first asked for, since neighbours in Xapian's list of
// lengths cost next to nothing and a document alone costs a search. Thread-safe, without locks; two threads
// may read the same block, which has the same numbers.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include <xapian.h>

namespace duijie::search {

class LengthNorms {
 public:
  static constexpr Xapian::docid kBlockDocuments = 4096;
  using Block = std::array<double, kBlockDocuments>;

  // For documents up to `last`. Memory: 8 bytes a document, taken by blocks as needed.
  explicit LengthNorms(Xapian::docid last) : blocks_(last / kBlockDocuments + 1) {}
  LengthNorms(const LengthNorms&) = delete;
  LengthNorms& operator=(const LengthNorms&) = delete;
  ~LengthNorms() {
    for (const std::atomic<const Block*>& block : blocks_) delete block.load(std::memory_order_relaxed);
  }

  // Of the documents from `index` · kBlockDocuments on; nullptr for documents beyond `last`. `database` must
  // be of this commit.
  const Block* Get(const Xapian::Database& database, size_t index) {
    if (index >= blocks_.size()) return nullptr;
    const Block* block = blocks_[index].load(std::memory_order_acquire);
    if (block != nullptr) return block;
    std::unique_ptr<const Block> fresh = Read(database, index);
    if (blocks_[index].compare_exchange_strong(block, fresh.get(), std::memory_order_acq_rel))
      block = fresh.release();
    return block;
  }

 private:
  static std::unique_ptr<const Block> Read(const Xapian::Database& database, size_t index);

  std::vector<std::atomic<const Block*>> blocks_;
};

}  // namespace duijie::search
