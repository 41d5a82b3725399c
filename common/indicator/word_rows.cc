// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/word_rows.h"

#include <algorithm>

#include "common/indicator/runes.h"

namespace duijie::indicator {

std::vector<std::vector<Runes32>> FoldRows(std::span<const std::string_view> rows) {
  std::vector<std::vector<Runes32>> folded;
  for (std::string_view row : rows) {
    std::vector<Runes32>& words = folded.emplace_back();
    while (!row.empty()) {
      const size_t bar = std::min(row.find('|'), row.size());
      words.push_back(ToFolded(row.substr(0, bar)));
      row.remove_prefix(std::min(bar + 1, row.size()));
    }
  }
  return folded;
}

WordRows::WordRows(std::span<const std::string_view> rows) : rows_(FoldRows(rows)) {
  for (size_t row = 0; row < rows_.size(); ++row) {
    for (const Runes32& word : rows_[row]) {
      by_first_[Slot(word.front())].push_back({&word, row});
    }
  }
}

}  // namespace duijie::indicator
