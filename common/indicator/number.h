// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as people write them. Private to common/indicator.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace duijie::indicator {

inline constexpr size_t kMaxNumberRunes = 48;  // code points of one number; digits beyond are another number

struct ReadNumber {
  double value = 0;
  size_t length = 0;        // code points
  std::string_view unit;    // of 百分之五, 三成, 一半: what the words imply; else empty
  bool chinese = false;     // written in Chinese numerals
  bool indefinite = false;  // 一, 两 before a measure word may be an article
};

// 1,200.5  1×10^-5  10⁻⁶  2.5e-3  at the start of `text` (folded), without a sign; requires a digit there.
ReadNumber ReadDigits(std::u32string_view text);

// 三百  十五  两千  半  一百二十  百分之五  三成  一半; 万 and 亿 are left to the unit where a unit may
// follow. nullopt if no numeral starts here.
std::optional<ReadNumber> ReadNumeral(std::u32string_view text);

// A number in digits or numerals with its 万 or 亿: 620万, 六千, 九千五百万. nullopt for shares (三成), for
// 半 and for two numerals that leave open which (两三).
std::optional<ReadNumber> ReadScaled(std::u32string_view text);

bool IsNumeral(char32_t c);

}  // namespace duijie::indicator
