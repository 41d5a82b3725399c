// SPDX-License-Identifier: GPL-3.0-or-later
// Which figures are indicators, and which only background: counts, dates, money of the firm. Private to
// common/indicator.
#pragma once

#include <string_view>
#include <vector>

#include "common/indicator/cues.h"
#include "common/indicator/names.h"

namespace duijie::indicator {

struct Figure {
  const Quantity* quantity = nullptr;
  const Cues* cues = nullptr;
  std::u32string_view name;
  size_t index = 0;         // of its token
  size_t clause_begin = 0;  // tokens
  size_t clause_end = 0;
  size_t sentence_begin = 0;
  bool sized = false;  // 监测64路温度: a verb before the count says that it sizes the technique
};

bool IsIndicator(const Runes& text, const std::vector<Token>& tokens, const Figure& figure);

// Of what is no indicator: whether it counts something named (可加工260件), so that it may answer a target.
bool IsOtherCount(const Runes& text, const std::vector<Token>& tokens, const Figure& figure);

}  // namespace duijie::indicator
