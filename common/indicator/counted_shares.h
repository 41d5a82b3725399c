// SPDX-License-Identifier: GPL-3.0-or-later
// Shares that a text tells by two counts. Private to common/indicator.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/extract.h"

namespace duijie::indicator {

inline constexpr size_t kMaxCountedShares = 8;  // of a text; more are not looked for

struct CountedShare {
  Indicator figure;  // nameless, in %; its spans are those of the part
  std::string told;  // 1140 / 1200
};

// 移栽1200株，年末成活1140株 is 95 %: counts of one sentence by the same word, the second of what the first
// counts. In the order of the text.
std::vector<CountedShare> CountedShares(std::string_view text);

}  // namespace duijie::indicator
