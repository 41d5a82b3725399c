// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/problems/problem_words.h"

#include "common/text/encoding.h"
#include "services/mining/intake/aspects.h"

namespace duijie::mining {

std::set<std::string> ProblemWords::In(std::string_view text) const {
  std::set<std::string> words;
  for (const Aspect& aspect : FindAspects(*analyzer_, text)) {
    if (aspect.kind != v1::ASPECT_KIND_EFFECT) continue;
    for (std::string& word : analyzer_->Words(text.substr(aspect.begin, aspect.end - aspect.begin))) {
      if (CountCodePoints(word) > 1 && thesaurus_->Knows(word)) words.insert(std::move(word));
    }
  }
  return words;
}

}  // namespace duijie::mining
