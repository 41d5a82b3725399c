// SPDX-License-Identifier: GPL-3.0-or-later
// The figures that say under what conditions others hold: 在25℃下, 1000次循环后, 28d抗压强度. Private to
// common/indicator.
#pragma once

#include <cstddef>
#include <vector>

#include "common/indicator/quantities.h"

namespace duijie::indicator {

struct Stretch {
  uint32_t begin = 0;  // code points
  uint32_t end = 0;
  size_t first = 0;           // index of its first token
  size_t token = 0;           // index of its last token: it holds for figures behind
  bool backward = false;      // in brackets behind a figure: holds for that one
  bool before_bound = false;  // stands between a name and its bound: 抗压强度28d≥50MPa
  bool of_name = false;       // stands before a name without 在 or 下: 28d抗压强度
};

// The conditions of the sentence [begin, end) of tokens; marks their figures as such.
std::vector<Stretch> FindConditions(const Runes& text, const std::vector<Token>& tokens, size_t begin,
                                    size_t end, std::vector<Quantity>* quantities);

}  // namespace duijie::indicator
