// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/title_terms.h"

#include "common/text/encoding.h"

namespace duijie::matching {

const Thesaurus::Term* TitleTerms::Find(std::string_view word) const {
  return CountCodePoints(word) < kLeastKnownWordRunes ? nullptr : thesaurus_->Find(word);
}

TitleTerms::Words TitleTerms::Of(std::string_view title) const {
  if (Words held = titles_.Find(title)) return held;
  Words words = Read(title);
  if (title.size() <= kMaxHeldTitleBytes)
    titles_.Put(std::string(title), words, words->size() * sizeof(Word));
  return words;
}

TitleTerms::Words TitleTerms::Read(std::string_view title) const {
  auto words = std::make_shared<std::vector<Word>>();
  for (std::string& word : analyzer_->Words(title)) {
    if (const Thesaurus::Term* const term = Find(word); term != nullptr)
      words->push_back({std::move(word), term});
  }
  return words;
}

}  // namespace duijie::matching
