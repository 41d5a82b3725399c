// SPDX-License-Identifier: GPL-3.0-or-later
// Words that names are searched for, in rows. Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "common/indicator/name_words.h"

namespace duijie::indicator {

// Each row: words separated by '|', folded.
std::vector<std::vector<Runes32>> FoldRows(std::span<const std::string_view> rows);

// The words of rows by their first code point, so that a name is gone through once.
class WordRows {
 public:
  explicit WordRows(std::span<const std::string_view> rows);
  WordRows(const WordRows&) = delete;
  WordRows& operator=(const WordRows&) = delete;

  // The rows that the name holds a word of, one bit each; of the first 64 rows.
  uint64_t RowsIn(View32 name) const {
    uint64_t bits = 0;
    for (size_t at = 0; at < name.size(); ++at) {
      for (const Entry& entry : by_first_[Slot(name[at])]) {
        if (entry.row < 64 && name.substr(at).starts_with(*entry.word)) bits |= uint64_t{1} << entry.row;
      }
    }
    return bits;
  }

  struct Match {
    size_t length = 0;  // 0 if no word starts here
    size_t row = 0;
  };
  Match LongestAt(View32 name, size_t at) const {
    Match match;
    for (const Entry& entry : by_first_[Slot(name[at])]) {
      if (entry.word->size() > match.length && name.substr(at).starts_with(*entry.word))
        match = {entry.word->size(), entry.row};
    }
    return match;
  }

  const Runes32& FirstOf(size_t row) const { return rows_[row].front(); }

 private:
  struct Entry {
    const Runes32* word;
    size_t row;
  };
  static constexpr size_t kSlots = 256;
  static size_t Slot(char32_t c) { return (c ^ c >> 8) % kSlots; }

  const std::vector<std::vector<Runes32>> rows_;
  std::vector<Entry> by_first_[kSlots];
};

}  // namespace duijie::indicator
