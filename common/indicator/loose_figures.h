// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that extraction leaves alone because by themselves they are no indicators: ordinals, numerals in
// words, times of a turn. One may answer where its kind is asked for. Private to common/indicator.
#pragma once

#include <string_view>
#include <vector>

#include "common/indicator/extract.h"

namespace duijie::indicator {

inline constexpr size_t kMaxLooseFigures = 32;  // of a text; more are not looked for

enum class LooseAs : uint8_t {
  kOrdinal,  // 套用至第8批, 到第15个月: so many, and there something happens
  kSpoken,   // 一刻钟, 三个半钟头, 半年, 十万个来回, 六千张
  kTurn,     // 每28秒推出一副: the time that one takes
  kPer,      // 每昼夜: what another figure is for, no answer by itself
};

struct LooseFigure {
  Indicator figure;  // nameless
  LooseAs as;
};

// In the order of the text.
std::vector<LooseFigure> LooseFigures(std::string_view text);

}  // namespace duijie::indicator
