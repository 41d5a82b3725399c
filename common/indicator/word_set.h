// SPDX-License-Identifier: GPL-3.0-or-later
// Words that are looked for together, for rules that go by many. Private to common/indicator.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

namespace duijie::indicator {

// Looks for all in one pass over a text. Each begins with a Chinese character.
class WordSet {
 public:
  explicit WordSet(std::vector<std::string_view> words) : words_(std::move(words)) {
    for (const std::string_view word : words_) begins_.set(SlotAt(word, 0));
  }
  WordSet(std::initializer_list<std::string_view> words) : WordSet(std::vector(words)) {}
  template <size_t kCount>
  explicit WordSet(const std::string_view (&words)[kCount]) : WordSet(std::vector(words, words + kCount)) {}

  bool IsIn(std::string_view text) const {
    for (size_t at = 0; at + kRuneBytes <= text.size(); ++at) {
      if (begins_.test(SlotAt(text, at)) && BeginsAt(text.substr(at))) return true;
    }
    return false;
  }

 private:
  static constexpr size_t kRuneBytes = 3;
  static constexpr size_t kSlots = 4096;  // of the last two bytes of a character

  static size_t SlotAt(std::string_view text, size_t at) {
    return (text[at + 1] & 0x3FU) << 6U | (text[at + 2] & 0x3FU);
  }
  bool BeginsAt(std::string_view text) const {
    return std::any_of(words_.begin(), words_.end(),
                       [&](std::string_view word) { return text.starts_with(word); });
  }

  std::vector<std::string_view> words_;
  std::bitset<kSlots> begins_;  // slots of the words' first characters
};

}  // namespace duijie::indicator
