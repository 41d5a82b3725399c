// SPDX-License-Identifier: GPL-3.0-or-later
// The words of titles that the thesaurus knows. Titles met lately are held, because cutting one into words
// costs more than all that is asked of them afterwards. Bounded; the titles used longest ago go first.
// Thread-safe.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "common/semantics/thesaurus.h"
#include "common/text/analyzer.h"

namespace duijie::matching {

inline constexpr size_t kHeldTitles = 20'000;        // some 10 MiB
inline constexpr size_t kMaxHeldTitleBytes = 1'000;  // longer ones are cut anew each time
inline constexpr size_t kLeastKnownWordRunes = 2;    // code points; one says too little

class TitleTerms {
 public:
  struct Word {
    std::string text;
    const Thesaurus::Term* term;
  };
  using Words = std::shared_ptr<const std::vector<Word>>;

  TitleTerms(std::shared_ptr<const Thesaurus> thesaurus, std::shared_ptr<const Analyzer> analyzer)
      : thesaurus_(std::move(thesaurus)), analyzer_(std::move(analyzer)) {}

  // In the order of the title.
  Words Of(std::string_view title) const;
  // nullptr where the thesaurus does not know the word, or it is too short.
  const Thesaurus::Term* Find(std::string_view word) const;

 private:
  struct Held {
    std::string title;
    Words words;
  };
  using Titles = std::list<Held>;
  Words Read(std::string_view title) const;

  const std::shared_ptr<const Thesaurus> thesaurus_;
  const std::shared_ptr<const Analyzer> analyzer_;
  mutable std::mutex mutex_;
  mutable Titles titles_;  // latest used first; protected by mutex_
  mutable std::unordered_map<std::string_view, Titles::iterator> by_title_;  // protected by mutex_
};

}  // namespace duijie::matching
