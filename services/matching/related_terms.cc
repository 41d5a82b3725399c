// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/related_terms.h"

#include <algorithm>

#include "common/text/encoding.h"

namespace duijie::matching {
namespace {

// One term within the other says nothing that a reader does not see.
bool Overlap(std::string_view a, std::string_view b) {
  return a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos;
}

}  // namespace

RelatedTerms::RelatedTerms(const Query& query, const Thesaurus& thesaurus, const Analyzer& analyzer)
    : thesaurus_(thesaurus), analyzer_(analyzer) {
  std::vector<const WeightedTerm*> known;
  for (const WeightedTerm& weighted : query.terms) {
    const BagTerm& term = weighted.term;
    if (term.kind != internal::v1::TERM_KIND_WORD || term.synonym_of >= 0 || term.is_expansion) continue;
    if (CountCodePoints(term.text) >= 2 && thesaurus.Knows(term.text)) known.push_back(&weighted);
  }
  std::stable_sort(known.begin(), known.end(),
                   [](const WeightedTerm* a, const WeightedTerm* b) { return a->word > b->word; });
  known.resize(std::min(known.size(), kRelatedSourceWords));
  for (const WeightedTerm* weighted : known)
    words_.push_back({weighted->term.text, thesaurus.Find(weighted->term.text)});
}

std::vector<v1::RelatedTerm> RelatedTerms::With(std::string_view title) const {
  std::vector<v1::RelatedTerm> found;
  if (words_.empty()) return found;
  const std::vector<std::string> in_title = analyzer_.Words(title);
  std::vector<Word> theirs;
  for (const std::string& word : in_title) {
    const Thesaurus::Term* const term = thesaurus_.Find(word);
    if (term != nullptr && CountCodePoints(word) >= 2) theirs.push_back({word, term});
  }
  for (const Word& mine : words_) {
    const Word* nearest = nullptr;
    double similarity = 0;
    for (const Word& word : theirs) {
      const double nearness = Thesaurus::Nearness(*mine.term, *word.term);
      if (nearness < kLeastNearness || nearness <= similarity || Overlap(mine.text, word.text)) continue;
      nearest = &word;
      similarity = nearness;
    }
    if (nearest == nullptr) continue;
    v1::RelatedTerm& related = found.emplace_back();
    related.set_term(std::string(mine.text));
    related.set_met_as(std::string(nearest->text));
    related.set_similarity(similarity);
  }
  std::stable_sort(found.begin(), found.end(), [](const v1::RelatedTerm& a, const v1::RelatedTerm& b) {
    return a.similarity() > b.similarity();
  });
  if (found.size() > kMaxRelatedTerms) found.resize(kMaxRelatedTerms);
  return found;
}

}  // namespace duijie::matching
