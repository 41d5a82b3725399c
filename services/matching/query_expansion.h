// SPDX-License-Identifier: GPL-3.0-or-later
// What a source means beyond its own words: terms that the thesaurus says go with them, for the search of
// candidates (Voorhees, Query expansion using lexical-semantic relations, SIGIR 1994), and the direction of
// its meaning, for search and score. Pure.
#pragma once

#include "common/semantics/need_boilerplate.h"
#include "common/semantics/thesaurus.h"
#include "common/semantics/word_vectors.h"
#include "services/matching/query_terms.h"

namespace duijie::matching {

struct ExpansionSources {
  const Analyzer& analyzer;
  const Thesaurus& thesaurus;
  const WordVectors& vectors;
  const NeedBoilerplate* boilerplate;  // for sources that are needs, else nullptr
};

// Adds expansions with their grams, and the meaning, to a bag. A bag that is full stays as it is.
void Expand(const ExpansionSources& sources, const internal::v1::RankingParameters& parameters, bool is_need,
            TermBag* bag);

}  // namespace duijie::matching
