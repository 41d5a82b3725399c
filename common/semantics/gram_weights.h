// SPDX-License-Identifier: GPL-3.0-or-later
// How much a gram (one character or two neighbouring ones) of a text weighs in a cosine. Indexes keep the
// norms of records by these formulas, rankers use them on both sides, so they live in one place.
//
// Sources: tf and idf weighting, Salton & Buckley, Term-weighting approaches in automatic text retrieval, IPM
// 24(5), 1988; the constants are measured in docs/research/ranking.md.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace duijie {

inline constexpr uint32_t kRecordTitleTimes = 4;  // an occurrence in the title counts as so many in the body
inline constexpr uint32_t kRecordKeywordsTimes = 2;  // the same for keywords

// 1 + ln((N + 1) / (df + 1)), N documents: at least 1, so that no gram is lost.
inline double GramIdf(int64_t documents, int64_t document_frequency) {
  return 1 + std::log(static_cast<double>(documents + 1) / static_cast<double>(document_frequency + 1));
}

// ln(1 + 4 · title + 2 · keywords + body): what its occurrences in a record weigh, before idf. Immutable;
// thread-safe.
class RecordGramWeight {
 public:
  RecordGramWeight() {
    for (size_t i = 0; i < logs_.size(); ++i) logs_[i] = std::log1p(static_cast<double>(i));
  }
  double operator()(uint32_t title, uint32_t keywords, uint32_t body) const {
    const uint64_t count =
        uint64_t{kRecordTitleTimes} * title + uint64_t{kRecordKeywordsTimes} * keywords + body;
    return count < logs_.size() ? logs_[count] : std::log1p(static_cast<double>(count));
  }

 private:
  std::array<double, 128> logs_{};  // of counts that occur often
};

}  // namespace duijie
