// SPDX-License-Identifier: GPL-3.0-or-later
// Whether one of some words stands in a text, or ends it. Private to common/demand.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace duijie {

inline bool HoldsOneOf(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

inline bool BeginsWithOneOf(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

inline bool EndsWithOneOf(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.ends_with(word); });
}

}  // namespace duijie
