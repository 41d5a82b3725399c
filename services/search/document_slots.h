// SPDX-License-Identifier: GPL-3.0-or-later
// A small value for each document of one commit, Value{} where none was set. Thread-safe, without locks.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include <xapian.h>

namespace duijie::search {

template <typename Value>  // of eight bytes
class DocumentSlots {
 public:
  // For documents up to `last`; others have no value. Memory: 8 bytes a document, taken by blocks as needed.
  explicit DocumentSlots(Xapian::docid last) : blocks_(last / kBlockDocuments + 1) {}
  DocumentSlots(const DocumentSlots&) = delete;
  DocumentSlots& operator=(const DocumentSlots&) = delete;
  ~DocumentSlots() {
    for (const std::atomic<Block*>& block : blocks_) delete block.load(std::memory_order_relaxed);
  }

  Value Get(Xapian::docid id) const {
    if (id / kBlockDocuments >= blocks_.size()) return Value{};
    const Block* const block = blocks_[id / kBlockDocuments].load(std::memory_order_acquire);
    return block == nullptr ? Value{} : (*block)[id % kBlockDocuments].load(std::memory_order_acquire);
  }

  // Whoever reads the value sees what was written before it was set.
  void Set(Xapian::docid id, Value value) {
    if (id / kBlockDocuments >= blocks_.size()) return;
    std::atomic<Block*>& place = blocks_[id / kBlockDocuments];
    Block* block = place.load(std::memory_order_acquire);
    if (block == nullptr) {
      auto fresh = std::make_unique<Block>();
      if (place.compare_exchange_strong(block, fresh.get(), std::memory_order_acq_rel))
        block = fresh.release();
    }
    (*block)[id % kBlockDocuments].store(value, std::memory_order_release);
  }

 private:
  static constexpr size_t kBlockDocuments = 4096;
  using Block = std::array<std::atomic<Value>, kBlockDocuments>;
  std::vector<std::atomic<Block*>> blocks_;
};

}  // namespace duijie::search
