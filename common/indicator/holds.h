// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text has a word in it, for rules that go by words.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace duijie::indicator {

inline bool Holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

inline bool HoldsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return Holds(text, word); });
}

}  // namespace duijie::indicator
