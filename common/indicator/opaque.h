// SPDX-License-Identifier: GPL-3.0-or-later
// Digits that are no figure of a technique: dates, phone numbers, identifiers, designations, standards,
// ordinals. Private to common/indicator.
#pragma once

#include <cstddef>

#include "common/indicator/runes.h"

namespace duijie::indicator {

inline constexpr size_t kMaxCodeRunes = 64;  // code points of one code

// Each returns the length in code points, 0 if there is none at `at`.

// Requires a digit at `at`: 2019年3月, 6月30日, 2019-2021年, 0318-2251234, 24371801, 3:1, 42CrMo, 5G,
// 600×400mm is not (see quantities.h).
size_t OpaqueDigits(const Runes& text, size_t at);
// 第3代, 第二十七届.
size_t Ordinal(const Runes& text, size_t at);
// Requires a Latin letter at `at`: the word or code, such as COD, T90, Q235B, GPT-4, GB/T 228.1-2021. A word
// that people write a value behind without blank (Ra0.8, pH7, HRC58) ends before the digits.
size_t LatinWord(const Runes& text, size_t at);
// 1. or 1、 or 1) at the start of a clause.
size_t ListMark(const Runes& text, size_t at);

}  // namespace duijie::indicator
