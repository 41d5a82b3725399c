// SPDX-License-Identifier: GPL-3.0-or-later
// A set of documents, one bit each.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <xapian.h>

namespace duijie::search {

class DocumentSet {
 public:
  // For documents up to `last`; empty.
  explicit DocumentSet(Xapian::docid last) : words_(last / kWordBits + 1) {}
  void Add(Xapian::docid id) { words_[id / kWordBits] |= uint64_t{1} << id % kWordBits; }
  bool Has(Xapian::docid id) const { return (words_[id / kWordBits] >> id % kWordBits & 1) != 0; }
  // Keeps those that are in both.
  void And(const DocumentSet& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= i < other.words_.size() ? other.words_[i] : 0;
  }

  // The first from `id` on; `end` if there is none.
  Xapian::docid Next(Xapian::docid id, Xapian::docid end) const {
    size_t i = id / kWordBits;
    if (i >= words_.size()) return end;
    uint64_t word = words_[i] >> id % kWordBits << id % kWordBits;
    while (word == 0 && ++i < words_.size()) word = words_[i];
    return word == 0 ? end : At(i, word);
  }
  // Ascending.
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    for (size_t i = 0; i < words_.size(); ++i) {
      for (uint64_t word = words_[i]; word != 0; word &= word - 1) visit(At(i, word));
    }
  }

 private:
  static constexpr size_t kWordBits = 64;
  static Xapian::docid At(size_t word_index, uint64_t word) {
    return static_cast<Xapian::docid>(word_index * kWordBits + static_cast<size_t>(std::countr_zero(word)));
  }
  std::vector<uint64_t> words_;
};

}  // namespace duijie::search
