// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/related_terms.h"

#include <algorithm>
#include <utility>

namespace duijie::matching {
namespace {

// One term within the other says nothing that a reader does not see.
bool Overlap(std::string_view a, std::string_view b) {
  return a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos;
}

}  // namespace

RelatedTerms::RelatedTerms(const Query& query, const TitleTerms& titles) : titles_(titles) {
  std::vector<std::pair<double, Word>> known;
  for (const WeightedTerm& weighted : query.terms) {
    const BagTerm& term = weighted.term;
    if (term.kind != internal::v1::TERM_KIND_WORD || term.synonym_of >= 0 || term.is_expansion) continue;
    if (const Thesaurus::Term* const found = titles.Find(term.text); found != nullptr)
      known.push_back({weighted.word, {term.text, found}});
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  known.resize(std::min(known.size(), kRelatedSourceWords));
  for (const auto& [weight, word] : known) words_.push_back(word);
}

std::vector<v1::RelatedTerm> RelatedTerms::With(std::string_view title) const {
  std::vector<v1::RelatedTerm> found;
  if (words_.empty()) return found;
  const TitleTerms::Words theirs = titles_.Of(title);
  for (const Word& mine : words_) {
    const TitleTerms::Word* nearest = nullptr;
    double similarity = 0;
    for (const TitleTerms::Word& word : *theirs) {
      const double nearness = Thesaurus::Nearness(*mine.term, *word.term);
      if (nearness < kLeastNearness || nearness <= similarity || Overlap(mine.text, word.text)) continue;
      nearest = &word;
      similarity = nearness;
    }
    if (nearest == nullptr) continue;
    v1::RelatedTerm& related = found.emplace_back();
    related.set_term(std::string(mine.text));
    related.set_met_as(nearest->text);
    related.set_similarity(similarity);
  }
  std::stable_sort(found.begin(), found.end(), [](const v1::RelatedTerm& a, const v1::RelatedTerm& b) {
    return a.similarity() > b.similarity();
  });
  if (found.size() > kMaxRelatedTerms) found.resize(kMaxRelatedTerms);
  return found;
}

}  // namespace duijie::matching
