// SPDX-License-Identifier: GPL-3.0-or-later
// The features of a pair that come from facts: taxonomy codes, maturity, money, cooperation, region,
// freshness. Formulas and sources: docs/model.md. Pure.
#pragma once

#include <string_view>

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/matching/day.h"
#include "services/matching/features.h"
#include "services/matching/model.h"

namespace duijie::matching {

// The facts of a pair, by role, whichever side was the source.
struct FactsPair {
  const internal::v1::RecordFacts& need;
  const internal::v1::RecordFacts& achievement;
  std::string_view counterpart_fresh_on;  // date of the side that is ranked; may be empty
  Day as_of;
};

// Wu & Palmer (1994): 2 · depth of the deepest common ancestor / (depth of a + depth of b), where the first
// `ignored_levels` levels do not count as depth. 0 if either code is unknown.
double CodeSimilarity(const Taxonomy& taxonomy, std::string_view a, std::string_view b, int ignored_levels);

// Fills values[kFieldAgreement] to values[kFreshness].
void FactFeatures(const FactsPair& pair, const TaxonomySet& taxonomies,
                  const internal::v1::RankingParameters& parameters, FeatureValues* values);

}  // namespace duijie::matching
