// SPDX-License-Identifier: GPL-3.0-or-later
// Which hashes are worth looking up. A record has hundreds of terms of which few are asked for; most end
// here: a bit for each class of hashes, all of which fit the nearest cache.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "services/search/forward_data.h"

namespace duijie::search {

class HashFilter {
 public:
  void Add(uint32_t hash) { bits_[hash % kBits / kWordBits] |= uint64_t{1} << hash % kWordBits; }
  bool MayHave(uint32_t hash) const { return (bits_[hash % kBits / kWordBits] >> hash % kWordBits & 1) != 0; }

  // Calls visit(i) for each place of the section whose hash may have been added, in order. A block is sifted
  // first, without a branch: which hash passes is what a processor cannot predict.
  template <typename Visit>
  void Sift(const ForwardView::Section& section, Visit&& visit) const {
    std::array<uint32_t, kBlock> passed;
    for (size_t begin = 0; begin < section.size(); begin += kBlock) {
      const size_t end = std::min(begin + kBlock, section.size());
      size_t count = 0;
      for (size_t i = begin; i < end; ++i) {
        passed[count] = static_cast<uint32_t>(i);
        count += MayHave(section.hash(i)) ? 1 : 0;
      }
      for (size_t k = 0; k < count; ++k) visit(size_t{passed[k]});
    }
  }

 private:
  static constexpr size_t kBits = 1U << 15;
  static constexpr size_t kWordBits = 64;
  static constexpr size_t kBlock = 128;
  std::array<uint64_t, kBits / kWordBits> bits_{};
};

}  // namespace duijie::search
