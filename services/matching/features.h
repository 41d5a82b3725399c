// SPDX-License-Identifier: GPL-3.0-or-later
// The features of a pair: numbers from 0 to 1, documented with their sources in docs/model.md. A feature adds
// points for evidence only: what one side does not state gives 0, never a guess.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace duijie::matching {

// Order and names never change within a model version's life; model files name features by kFeatureNames.
enum Feature : size_t {
  kNgramCosine = 0,
  kTitleCosine,
  kWordBm25,
  kTitleCoverage,
  kRecordCoverage,
  kFieldAgreement,
  kIndustryAgreement,
  kMaturity,
  kBudget,
  kCooperationMode,
  kRegionDirection,
  kFreshness,
};
inline constexpr size_t kFeatureCount = 12;
inline constexpr size_t kTextFeatureCount = 5;  // the first ones; the others come from facts

inline constexpr std::array<std::string_view, kFeatureCount> kFeatureNames = {
    "ngram_cosine",    "title_cosine",     "word_bm25",          "title_coverage",
    "record_coverage", "field_agreement",  "industry_agreement", "maturity",
    "budget",          "cooperation_mode", "region_direction",   "freshness"};

using FeatureValues = std::array<double, kFeatureCount>;

}  // namespace duijie::matching
