// SPDX-License-Identifier: GPL-3.0-or-later
// A word for each document of one commit, 0 where none was set. Thread-safe, without locks.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <xapian.h>

namespace duijie::search {

class DocumentSlots {
 public:
  // For documents up to `last`; others have no word. Memory: 8 bytes a document, taken by blocks as needed.
  explicit DocumentSlots(Xapian::docid last) : blocks_(last / kBlockDocuments + 1) {}
  DocumentSlots(const DocumentSlots&) = delete;
  DocumentSlots& operator=(const DocumentSlots&) = delete;
  ~DocumentSlots() {
    for (const std::atomic<Block*>& block : blocks_) delete block.load(std::memory_order_relaxed);
  }

  uint64_t Get(Xapian::docid id) const {
    if (id / kBlockDocuments >= blocks_.size()) return 0;
    const Block* const block = blocks_[id / kBlockDocuments].load(std::memory_order_acquire);
    return block == nullptr ? 0 : (*block)[id % kBlockDocuments].load(std::memory_order_acquire);
  }

  // Whoever reads the word sees what was written before it was set.
  void Set(Xapian::docid id, uint64_t word) {
    if (id / kBlockDocuments >= blocks_.size()) return;
    std::atomic<Block*>& place = blocks_[id / kBlockDocuments];
    Block* block = place.load(std::memory_order_acquire);
    if (block == nullptr) {
      auto fresh = std::make_unique<Block>();
      if (place.compare_exchange_strong(block, fresh.get(), std::memory_order_acq_rel))
        block = fresh.release();
    }
    (*block)[id % kBlockDocuments].store(word, std::memory_order_release);
  }

 private:
  static constexpr size_t kBlockDocuments = 4096;
  using Block = std::array<std::atomic<uint64_t>, kBlockDocuments>;
  std::vector<std::atomic<Block*>> blocks_;
};

}  // namespace duijie::search
