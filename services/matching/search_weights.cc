// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/search_weights.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace duijie::matching {
namespace {

using internal::v1::TERM_KIND_UNIGRAM;
using internal::v1::TERM_KIND_WORD;

// What is left of a weight because needs of all kinds say the term.
double Damping(const WeightedTerm& weighted, const internal::v1::RankingParameters& p) {
  return weighted.rarity < 1 ? std::pow(weighted.rarity, p.search_boilerplate_power()) : 1;
}

// As the ranking weighs a term, but with a boost of its own, for a title must not drown the rest.
double SearchImportance(const WeightedTerm& weighted, const internal::v1::RankingParameters& p) {
  if (weighted.term.synonym_of >= 0) return weighted.word;
  const Counts& counts = weighted.term.counts;
  const double count =
      p.search_title_boost() * counts[kTitle] + p.source_keywords_boost() * counts[kKeywords] + counts[kBody];
  return std::log(1 + count) * weighted.idf;
}

// Candidate search uses the weightiest words and bigrams that occur in the collection at all.
void ChooseSearchTerms(const std::vector<int64_t>& frequencies,
                       const internal::v1::RankingParameters& parameters, std::vector<WeightedTerm>* terms) {
  std::vector<size_t> order;
  for (size_t i = 0; i < terms->size(); ++i) {
    const BagTerm& term = (*terms)[i].term;
    if (term.kind != TERM_KIND_UNIGRAM && frequencies[i] > 0 && !term.is_expansion) order.push_back(i);
  }
  std::vector<double> importance(terms->size());
  for (const size_t i : order)
    importance[i] = SearchImportance((*terms)[i], parameters) * Damping((*terms)[i], parameters);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return importance[a] > importance[b]; });
  order.resize(std::min(order.size(), static_cast<size_t>(parameters.search_terms())));
  // Candidate search has an idf of its own.
  for (const size_t i : order) (*terms)[i].search = importance[i] / (*terms)[i].idf;
}

// To length 1; a vector of zeros stays as it is.
void Normalise(std::vector<double>* vector) {
  double squares = 0;
  for (const double entry : *vector) squares += entry * entry;
  if (squares <= 0) return;
  for (double& entry : *vector) entry /= std::sqrt(squares);
}

// The query of the second step, a unit vector of grams by what the source says, earlier words weighing more.
std::vector<double> CosineQuery(const std::vector<WeightedTerm>& terms,
                                const std::vector<int64_t>& frequencies,
                                const internal::v1::RankingParameters& p) {
  std::vector<double> query(terms.size());
  for (size_t i = 0; i < terms.size(); ++i) {
    const BagTerm& term = terms[i].term;
    if (term.kind == TERM_KIND_WORD || term.is_expansion || frequencies[i] == 0) continue;
    const double count = p.search_title_boost() * (term.counts[kTitle] + term.counts[kKeywords]) + term.early;
    query[i] = std::log1p(count) * terms[i].idf * Damping(terms[i], p);
  }
  Normalise(&query);
  return query;
}

// What the thesaurus adds to it, of the same kind: each term of it a unit vector of its grams.
std::vector<double> ExpansionQuery(const std::vector<Expansion>& expansions,
                                   const std::vector<WeightedTerm>& terms,
                                   const std::vector<int64_t>& frequencies) {
  std::vector<double> query(terms.size());
  for (const Expansion& expansion : expansions) {
    double squares = 0;
    const auto weight = [&](const std::pair<size_t, uint32_t>& gram) {
      return frequencies[gram.first] == 0
                 ? 0
                 : std::log1p(static_cast<double>(gram.second)) * terms[gram.first].idf;
    };
    for (const auto& gram : expansion.grams) squares += weight(gram) * weight(gram);
    if (squares <= 0) continue;
    for (const auto& gram : expansion.grams)
      query[gram.first] += expansion.weight * weight(gram) / std::sqrt(squares);
  }
  Normalise(&query);
  return query;
}

// Candidate search also looks for the thesaurus' terms: as words in its first step, as grams in its second.
void WeighExpansions(const std::vector<Expansion>& expansions, const std::vector<int64_t>& frequencies,
                     const internal::v1::RankingParameters& p, std::vector<WeightedTerm>* terms) {
  const std::vector<double> own = CosineQuery(*terms, frequencies, p);
  const std::vector<double> added = ExpansionQuery(expansions, *terms, frequencies);
  double searched = 0;
  double expanded = 0;
  for (const WeightedTerm& weighted : *terms) searched += weighted.search * weighted.search;
  for (const Expansion& expansion : expansions) expanded += expansion.weight * expansion.weight;
  for (size_t i = 0; i < terms->size(); ++i) {
    (*terms)[i].cosine = (own[i] + p.expansion_share() * added[i]) * (*terms)[i].idf;
  }
  for (const Expansion& expansion : expansions) {
    if (frequencies[expansion.word] == 0) continue;
    (*terms)[expansion.word].search = p.expansion_share() * expansion.weight * std::sqrt(searched / expanded);
  }
}

}  // namespace

void WeighForSearch(const std::vector<Expansion>& expansions, const std::vector<int64_t>& frequencies,
                    const internal::v1::RankingParameters& parameters, std::vector<WeightedTerm>* terms) {
  ChooseSearchTerms(frequencies, parameters, terms);
  WeighExpansions(expansions, frequencies, parameters, terms);
}

}  // namespace duijie::matching
