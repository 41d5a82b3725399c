// SPDX-License-Identifier: GPL-3.0-or-later
// Ids that are times: a number (microseconds since 1970, made unique by its store) in 13 lower-case base-32
// digits (0-9a-v), so that ids compare as the numbers do. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duijie::matching {

inline constexpr std::string_view kTimeIdDigits = "0123456789abcdefghijklmnopqrstuv";
inline constexpr size_t kTimeIdLength = 13;  // 65 bits
inline constexpr int kTimeIdDigitBits = 5;

inline std::string TimeIdOf(uint64_t number) {
  std::string id(kTimeIdLength, '0');
  for (size_t i = kTimeIdLength; i-- > 0; number >>= kTimeIdDigitBits) {
    id[i] = kTimeIdDigits[number & (kTimeIdDigits.size() - 1)];
  }
  return id;
}

// The number whose id is exactly `id`; none for anything else.
inline std::optional<uint64_t> NumberOfTimeId(std::string_view id) {
  if (id.size() != kTimeIdLength) return std::nullopt;
  uint64_t number = 0;
  for (const char digit : id) {
    const size_t value = kTimeIdDigits.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    number = number << kTimeIdDigitBits | value;
  }
  if (TimeIdOf(number) != id) return std::nullopt;  // beyond 64 bits
  return number;
}

}  // namespace duijie::matching
