// SPDX-License-Identifier: GPL-3.0-or-later
// Why a pair is ranked where it is. Reads only terms of the two texts that everybody who may see the records
// may read, and facts that name nobody, so an explanation of an anonymous need tells nothing of who stands
// behind it. Pure.
#pragma once

#include <vector>

#include "services/matching/constraints.h"
#include "services/matching/related_terms.h"
#include "services/matching/text_features.h"

namespace duijie::matching {

inline constexpr size_t kMaxExplainedTerms = 15;

struct ExplainedPair {
  const Query& query;
  const internal::v1::Candidate& candidate;
  const FactsPair& facts;
  const RankingModel& model;
  const TaxonomySet& taxonomies;
  const ScoredFeatures& scored;
  const v1::FitTable* fit = nullptr;      // nullptr: indicators were not judged
  const RelatedTerms* related = nullptr;  // nullptr: related terms are not looked for
};

v1::MatchExplanation Explain(const ExplainedPair& pair);

// The `limit` strongest of all matched terms, each with its share of the text part of the score, strongest
// first, single characters after all others; shares add up to 1 (or there is no term). What a bigram or
// character gave goes to the longest matched word of the source that holds it, or that it begins in, so that
// people read words. `Explain` shows the first kMaxExplainedTerms.
std::vector<v1::MatchedTerm> MatchedTerms(const ExplainedPair& pair, size_t limit);

}  // namespace duijie::matching
