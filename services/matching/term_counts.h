// SPDX-License-Identifier: GPL-3.0-or-later
// The counts of a candidate's matched terms, which travel as one packed field, as a range of TermCount.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "duijie/internal/v1/candidate_service.pb.h"

namespace duijie::matching {

struct TermCount {
  uint32_t term = 0;  // index into the query's terms
  uint32_t title = 0;
  uint32_t keywords = 0;
  uint32_t body = 0;
};

// A view: the candidate must outlive it.
class TermCounts {
 public:
  explicit TermCounts(const internal::v1::Candidate& candidate)
      : packed_(candidate.term_counts().data()), size_(static_cast<size_t>(candidate.term_counts_size())) {}

  class Iterator {
   public:
    explicit Iterator(const uint64_t* at) : at_(at) {}
    TermCount operator*() const {
      const auto part = [this](int shift) { return static_cast<uint32_t>(*at_ >> shift & kMaxPart); };
      return {part(0), part(16), part(32), part(48)};
    }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const uint64_t* at_;
  };

  size_t size() const { return size_; }
  TermCount operator[](size_t i) const { return *Iterator(packed_ + i); }
  Iterator begin() const { return Iterator(packed_); }
  Iterator end() const { return Iterator(packed_ + size_); }

  static constexpr uint64_t kMaxPart = 0xFFFF;

 private:
  const uint64_t* packed_;
  size_t size_;
};

// Appends a count.
inline void AddTermCount(const TermCount& count, internal::v1::Candidate* candidate) {
  uint64_t packed = 0;
  int shift = 0;
  for (const uint32_t part : {count.term, count.title, count.keywords, count.body}) {
    packed |= std::min<uint64_t>(part, TermCounts::kMaxPart) << shift;
    shift += 16;
  }
  candidate->add_term_counts(packed);
}

}  // namespace duijie::matching
