// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that are written in words or as a fraction. Private to common/indicator.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "common/indicator/number.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {

struct SpokenFigure {
  double value = 0;
  std::string_view unit;
  size_t length = 0;   // code points
  bool falls = false;  // 减半
};

// 1/3 at `at`, as 33.3 %: one digit over a larger number of at most two.
std::optional<SpokenFigure> FractionAt(const Runes& text, size_t at);
// 3分40秒, 2小时15分 at `at`: one time in two units, as a figure in the smaller one.
std::optional<SpokenFigure> TwoPartTimeAt(const Runes& text, size_t at);
// 三个半小时, 4个钟头: what follows `number`, which ends at `at`; the length counts both.
std::optional<SpokenFigure> HoursAt(const Runes& text, size_t at, const ReadNumber& number);
// 翻一番, 翻倍, 减半 at `at`: a change, its verb being the first code point.
std::optional<SpokenFigure> DoublingAt(const Runes& text, size_t at);
// Code points of 数十小时, 几百次, 上千件 at `at`, which are no definite figure; 0 if there is none.
size_t IndefiniteLength(const Runes& text, size_t at);

}  // namespace duijie::indicator
