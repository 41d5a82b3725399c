// SPDX-License-Identifier: GPL-3.0-or-later
// What a weighted source weighs in candidate search, whose two steps ask for other things than the ranking:
// the first adds up the weightiest words and bigrams, the second is a cosine over grams, and both also look
// for terms of the thesaurus. Formulas: docs/model.md. Pure; deterministic.
#pragma once

#include <cstdint>
#include <vector>

#include "duijie/internal/v1/ranking_model.pb.h"
#include "services/matching/query_terms.h"

namespace duijie::matching {

// Sets `search` and `cosine` of `terms`, which have their idf, their rarity and their weights in the ranking
// already. `frequencies`: the document frequency of each term; `expansions` index into `terms`.
void WeighForSearch(const std::vector<Expansion>& expansions, const std::vector<int64_t>& frequencies,
                    const internal::v1::RankingParameters& parameters, std::vector<WeightedTerm>* terms);

}  // namespace duijie::matching
