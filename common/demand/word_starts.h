// SPDX-License-Identifier: GPL-3.0-or-later
// Words by their first character, so that one pass over a text finds any of them. Private to common/demand.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace duijie {

class WordStarts {
 public:
  // Words are not empty; their memory must outlive this. A word's number is its place here.
  template <typename Words>
  explicit WordStarts(const Words& words) {
    for (const std::string_view word : words) Add(word);
  }

  // Calls `found` with the number of each word that stands at `at`, in rising order, until one returns true;
  // whether one did.
  template <typename Found>
  bool At(std::string_view text, size_t at, const Found& found) const {
    const auto numbers = by_first_.find(FirstOf(text.substr(at)));
    if (numbers == by_first_.end()) return false;
    for (const uint32_t number : numbers->second) {
      if (text.substr(at).starts_with(words_[number]) && found(number)) return true;
    }
    return false;
  }

 private:
  // The bytes of the first character in UTF-8.
  static uint32_t FirstOf(std::string_view text) {
    uint32_t first = static_cast<unsigned char>(text.front());
    for (size_t i = 1; i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; ++i)
      first = first << 8U | static_cast<unsigned char>(text[i]);
    return first;
  }
  void Add(std::string_view word) {
    by_first_[FirstOf(word)].push_back(static_cast<uint32_t>(words_.size()));
    words_.push_back(word);
  }

  std::vector<std::string_view> words_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> by_first_;
};

}  // namespace duijie
