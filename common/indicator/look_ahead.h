// SPDX-License-Identifier: GPL-3.0-or-later
// What comes at a place of a text, for the tokenizer: each looks ahead a bounded number of code points and
// says how long it is, 0 where it is not there. Private to common/indicator.
#pragma once

#include <algorithm>
#include <string_view>

#include "common/indicator/runes.h"

namespace duijie::indicator {

inline constexpr size_t kLookAhead = 48;  // code points that a word, number or unit may span

inline std::u32string_view Ahead(const Runes& text, size_t from) {
  from = std::min(from, text.size());
  return text.view(from, std::min(text.size(), from + kLookAhead));
}

// Scales that people write before the value: HRC, HV.
bool IsLeadingUnit(std::u32string_view word);

// Whether a number, perhaps behind a blank, a sign or 约, comes.
bool FigureFollows(const Runes& text, size_t at);
// Whether a word of a bound (不超过, 以上) comes.
bool BoundFollows(const Runes& text, size_t at);
// 是人工的8倍, 为常温的85%: what the share is of stands between.
bool ShareFollows(const Runes& text, size_t at);

size_t NumeralLength(const Runes& text, size_t at);  // a Chinese number with its unit
size_t LoadLength(const Runes& text, size_t at);     // 0.3 of HV0.3 920, the load of the test before a blank
size_t TurnLength(const Runes& text, size_t at);  // 每 of 每5秒上传一次: the time between two turns, no unit
size_t AbilityLength(const Runes& text, size_t at);  // 可用性, 可见度: no 可

}  // namespace duijie::indicator
