// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/related_terms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace duijie::matching {
namespace {

// One term within the other says nothing that a reader does not see.
bool Overlap(std::string_view a, std::string_view b) {
  return a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos;
}

}  // namespace

RelatedTerms::RelatedTerms(const Query& query, const TitleTerms& titles) : titles_(titles) {
  struct Known {
    double weight;
    std::string_view text;
    const Thesaurus::Term* term;
  };
  std::vector<Known> known;
  for (const WeightedTerm& weighted : query.terms) {
    const BagTerm& term = weighted.term;
    if (term.kind != internal::v1::TERM_KIND_WORD || term.synonym_of >= 0 || term.is_expansion) continue;
    if (const Thesaurus::Term* const found = titles.Find(term.text); found != nullptr)
      known.push_back({weighted.word, term.text, found});
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const Known& a, const Known& b) { return a.weight > b.weight; });
  known.resize(std::min(known.size(), kRelatedSourceWords));
  std::vector<const Thesaurus::Term*> terms;
  for (const Known& word : known) {
    words_.push_back(word.text);
    terms.push_back(word.term);
  }
  group_ = Thesaurus::Group(terms);
}

std::vector<v1::RelatedTerm> RelatedTerms::With(std::string_view title) const {
  std::vector<v1::RelatedTerm> found;
  if (words_.empty()) return found;
  struct Nearest {
    double similarity = 0;
    const std::string* text = nullptr;
  };
  std::array<Nearest, kRelatedSourceWords> nearest{};
  const TitleTerms::Words theirs = titles_.Of(title);
  for (const TitleTerms::Word& word : *theirs) {
    group_.ForEachNear(*word.term, [&](size_t mine, double nearness) {
      if (nearness < kLeastNearness || nearness <= nearest[mine].similarity) return;
      if (!Overlap(words_[mine], word.text)) nearest[mine] = {nearness, &word.text};
    });
  }
  for (size_t i = 0; i < words_.size(); ++i) {
    if (nearest[i].text == nullptr) continue;
    v1::RelatedTerm& related = found.emplace_back();
    related.set_term(std::string(words_[i]));
    related.set_met_as(*nearest[i].text);
    related.set_similarity(nearest[i].similarity);
  }
  std::stable_sort(found.begin(), found.end(), [](const v1::RelatedTerm& a, const v1::RelatedTerm& b) {
    return a.similarity() > b.similarity();
  });
  if (found.size() > kMaxRelatedTerms) found.resize(kMaxRelatedTerms);
  return found;
}

}  // namespace duijie::matching
