// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which texts of different enterprises can be said to speak of one problem: terms of the public
// technical thesaurus that stand in an effect asked for or a defect complained of (aspects.h). Nothing else
// of a text ever becomes such a word: no name, no figure, no wording of its own.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "common/semantics/thesaurus.h"
#include "common/text/analyzer.h"

namespace duijie::mining {

// Immutable; thread-safe.
class ProblemWords {
 public:
  ProblemWords(std::shared_ptr<const Analyzer> analyzer, std::shared_ptr<const Thesaurus> thesaurus)
      : analyzer_(std::move(analyzer)), thesaurus_(std::move(thesaurus)) {}

  // Of at least two characters, normalised.
  std::set<std::string> In(std::string_view text) const;

 private:
  const std::shared_ptr<const Analyzer> analyzer_;
  const std::shared_ptr<const Thesaurus> thesaurus_;
};

}  // namespace duijie::mining
