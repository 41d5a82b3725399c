// SPDX-License-Identifier: GPL-3.0-or-later
// The counts of a candidate's matched terms, which travel as one packed field, as a range of TermCount.
#pragma once

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

// A view: the candidate must outlive it. Numbers beyond the last whole count are left out.
class TermCounts {
 public:
  explicit TermCounts(const internal::v1::Candidate& candidate)
      : numbers_(candidate.term_counts().data()),
        size_(static_cast<size_t>(candidate.term_counts_size()) / kNumbers) {}

  class Iterator {
   public:
    explicit Iterator(const uint32_t* at) : at_(at) {}
    TermCount operator*() const { return {at_[0], at_[1], at_[2], at_[3]}; }
    Iterator& operator++() {
      at_ += kNumbers;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const uint32_t* at_;
  };

  size_t size() const { return size_; }
  TermCount operator[](size_t i) const { return *Iterator(numbers_ + i * kNumbers); }
  Iterator begin() const { return Iterator(numbers_); }
  Iterator end() const { return Iterator(numbers_ + size_ * kNumbers); }

 private:
  static constexpr size_t kNumbers = 4;
  const uint32_t* numbers_;
  size_t size_;
};

// Appends a count.
inline void AddTermCount(const TermCount& count, internal::v1::Candidate* candidate) {
  for (const uint32_t number : {count.term, count.title, count.keywords, count.body}) {
    candidate->add_term_counts(number);
  }
}

}  // namespace duijie::matching
