// SPDX-License-Identifier: GPL-3.0-or-later
// What the first two digits of a GB/T 2260 region code say. Six digits are expected; anything else is
// neither.
#pragma once

#include <cstddef>
#include <string_view>

namespace duijie {

constexpr size_t kRegionCodeLength = 6;

constexpr bool IsRegionOf(std::string_view code, std::string_view province_digits) {
  return code.size() == kRegionCodeLength && code.substr(0, 2) == province_digits;
}

// 北京市 (11) or 天津市 (12): where achievements of the coordinated development come from.
constexpr bool IsBeijingTianjin(std::string_view code) {
  return IsRegionOf(code, "11") || IsRegionOf(code, "12");
}

// 河北省 (13).
constexpr bool IsHebei(std::string_view code) { return IsRegionOf(code, "13"); }

}  // namespace duijie
