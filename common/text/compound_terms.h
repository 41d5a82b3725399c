// SPDX-License-Identifier: GPL-3.0-or-later
// Dictionary terms that are neither one alphanumeric run nor Chinese characters only: 5g基站, β-胡萝卜素,
// x光, machine learning. The segmenter cannot see them; they are found around the first run they hold.
// Private to common/text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/string_lookup.h"
#include "common/text/code_points.h"

namespace duijie {

class CompoundTerms {
 public:
  // A normalised term that holds at least one alphanumeric run and something else; others are ignored.
  // Returns whether it was taken (or was already there).
  bool Add(std::string_view term);

  // Appends the terms that occur around `run` (a run found in `text`, whose string is `normalized`). A term
  // whose end is a letter or digit does not match inside a longer run.
  void AppendMatches(const CodePoints& text, std::string_view normalized, Span run,
                     std::vector<Span>* words) const;

 private:
  struct Around {
    std::string before;
    std::string after;
    uint32_t before_points;
    uint32_t after_points;
  };
  StringMap<std::vector<Around>> by_run_;
};

}  // namespace duijie
