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
  kMeaning,  // cosine of meanings, by as much as the counterpart has a body to tell one
  kFieldAgreement,
  kIndustryAgreement,
  kMaturity,
  kBudget,
  kCooperationMode,
  kRegionDirection,
  kFreshness,
  kIndicatorsMet,     // share of the need's demands that are satisfied, partly ones half
  kIndicatorsMissed,  // share that is violated: a penalty
};
inline constexpr size_t kFeatureCount = 15;
inline constexpr size_t kTextFeatureCount = 6;  // the first ones; the others come from facts

inline constexpr std::array<std::string_view, kFeatureCount> kFeatureNames = {
    "ngram_cosine",     "title_cosine",     "word_bm25",          "title_coverage", "record_coverage",
    "meaning",          "field_agreement",  "industry_agreement", "maturity",       "budget",
    "cooperation_mode", "region_direction", "freshness",          "indicators_met", "indicators_missed"};

// A penalty takes points away, but never more than there are; its weight is not among those that add up to 1.
constexpr bool IsPenalty(size_t feature) { return feature == kIndicatorsMissed; }

using FeatureValues = std::array<double, kFeatureCount>;

}  // namespace duijie::matching
