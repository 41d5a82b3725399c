// SPDX-License-Identifier: GPL-3.0-or-later
// Why a pair is ranked where it is. Reads only terms of the two texts that everybody who may see the records
// may read, and facts that name nobody, so an explanation of an anonymous need tells nothing of who stands
// behind it. Pure.
#pragma once

#include "services/matching/constraints.h"
#include "services/matching/matched_terms.h"
#include "services/matching/related_terms.h"

namespace duijie::matching {

inline constexpr size_t kMaxExplainedTerms = 15;  // the strongest of the matched ones

struct ExplainedPair {
  const MatchedTerms& terms;
  const internal::v1::Candidate& candidate;
  const FactsPair& facts;
  const RankingModel& model;
  const TaxonomySet& taxonomies;
  const ScoredFeatures& scored;
  v1::FitTable* fit = nullptr;            // taken by the explanation; nullptr: indicators were not judged
  const RelatedTerms* related = nullptr;  // nullptr: related terms are not looked for
};

// What the texts say: terms, related terms, the fit table.
v1::MatchExplanation EvidenceOf(const ExplainedPair& pair);
// That, the features, the constraints, and a sentence of it all.
v1::MatchExplanation Explain(const ExplainedPair& pair);

}  // namespace duijie::matching
