// SPDX-License-Identifier: GPL-3.0-or-later
// The words right before and behind a figure that say what it bounds. Private to common/indicator.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "common/indicator/extract.h"
#include "common/indicator/quantities.h"

namespace duijie::indicator {

struct Cues {
  std::optional<Role> bound;   // kAtLeast, kAtMost or kSuperior: the explicit one before the figure
  std::optional<Role> change;  // kUp or kDown
  bool reaches = false;        // the bound is 达到
  bool compares = false;       // or 不低于, 高于: a word that ranks
  bool to = false;             // 提高到: the figure is the end value
  bool equal = false;          // 为, 约
  bool maximum = false;
  bool highest = false;  // 最高, 最长
  bool lowest = false;   // 最低, 最短
  bool negated = false;
  bool about = false;
  bool each = false;                   // 分别, 均
  bool start = false;                  // 由, 从: the figure is the start value
  bool at = false;                     // 在
  bool of_former = false;              // 原来的一半, 传统工艺的60%
  size_t first = 0;                    // index of the first cue token; that of the figure if there is none
  size_t name_end = 0;                 // tokens before this index may belong to the name
  std::optional<size_t> per;           // index of 每吨
  std::optional<size_t> leading_unit;  // index of HV in HV≥900
  std::optional<Role> after;           // kAtLeastAfter, kAtMostAfter
  size_t last = 0;                     // index behind the last cue token
};

// The cues of the figure at `index`, not before token `begin` and not from `end` on.
Cues ReadCues(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t begin, size_t end);

// What the cues make of a figure called `name`.
Comparator ComparatorOf(const Cues& cues, const Quantity& quantity, std::u32string_view name);

}  // namespace duijie::indicator
