// SPDX-License-Identifier: GPL-3.0-or-later
// The words of titles that the thesaurus knows. Titles met lately are held, because cutting one into words
// costs more than all that is asked of them afterwards. Bounded; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/byte_cache.h"
#include "common/semantics/thesaurus.h"
#include "common/text/analyzer.h"

namespace duijie::matching {

inline constexpr size_t kTitleCacheBytes = 16 * 1024 * 1024;  // some 30,000 titles
inline constexpr size_t kMaxHeldTitleBytes = 1'000;           // longer ones are cut anew each time
inline constexpr size_t kLeastKnownWordRunes = 2;             // code points; one says too little

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
  Words Read(std::string_view title) const;

  const std::shared_ptr<const Thesaurus> thesaurus_;
  const std::shared_ptr<const Analyzer> analyzer_;
  mutable ByteCache<std::vector<Word>> titles_{kTitleCacheBytes};
};

}  // namespace duijie::matching
