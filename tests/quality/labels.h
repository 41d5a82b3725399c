// SPDX-License-Identifier: GPL-3.0-or-later
// What the labelled files of this folder share: how comparators are written, and when a name read is the one
// labelled.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

namespace duijie::quality {

// In the order of indicator::Comparator.
inline constexpr std::array<std::string_view, 7> kComparators = {
    "GE", "LE", "EQ", "BETWEEN", "PLUS_MINUS", "INCREASE_BY", "DECREASE_BY"};

// One holds the other; no name is no part of one.
inline bool NamesAgree(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a == b;
  return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
}

inline bool SameValue(double a, double b) {
  constexpr double kSame = 1e-9;  // relative
  return std::abs(a - b) <= kSame * std::max(std::abs(a), std::abs(b));
}

}  // namespace duijie::quality
