// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/title_terms.h"

#include "common/text/encoding.h"

namespace duijie::matching {

const Thesaurus::Term* TitleTerms::Find(std::string_view word) const {
  return CountCodePoints(word) < kLeastKnownWordRunes ? nullptr : thesaurus_->Find(word);
}

TitleTerms::Words TitleTerms::Of(std::string_view title) const {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (const auto held = by_title_.find(title); held != by_title_.end()) {
      titles_.splice(titles_.begin(), titles_, held->second);
      return held->second->words;
    }
  }
  Words words = Read(title);
  if (title.size() > kMaxHeldTitleBytes) return words;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (by_title_.contains(title)) return words;  // read by another thread meanwhile
  titles_.push_front({std::string(title), words});
  by_title_.emplace(titles_.front().title, titles_.begin());
  if (titles_.size() > kHeldTitles) {
    by_title_.erase(titles_.back().title);
    titles_.pop_back();
  }
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
