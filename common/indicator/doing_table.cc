// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/doing_table.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "common/indicator/holds.h"
#include "common/indicator/name_index.h"

namespace duijie::indicator {
namespace {

// The words between the bars; none may be empty.
std::vector<std::string> WordsBetweenBars(std::string_view cell) {
  std::vector<std::string> words;
  while (true) {
    const size_t bar = std::min(cell.find('|'), cell.size());
    words.emplace_back(cell.substr(0, bar));
    if (bar == cell.size()) return words;
    cell.remove_prefix(bar + 1);
  }
}

bool AreWords(const std::vector<std::string>& words) {
  return std::none_of(words.begin(), words.end(), [](const std::string& word) { return word.empty(); });
}

}  // namespace

StatusOr<DoingTable> DoingTable::Load(const std::filesystem::path& path) {
  DoingTable table;
  std::ifstream file(path);
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    if (table.rows_.size() == kMaxDoingLines) return BadNameLine(path, number, "TOO_MANY_LINES");
    const size_t tab = line.find('\t');
    if (line.size() > kMaxDoingLineBytes) return BadNameLine(path, number, "LINE_LENGTH");
    if (tab == std::string::npos || line.find('\t', tab + 1) != std::string::npos)
      return BadNameLine(path, number, "COLUMNS");
    Row row{WordsBetweenBars(std::string_view(line).substr(0, tab)),
            WordsBetweenBars(std::string_view(line).substr(tab + 1))};
    if (!AreWords(row.stems) || !AreWords(row.phrases)) return BadNameLine(path, number, "EMPTY_WORD");
    table.rows_.push_back(std::move(row));
  }
  return table;
}

std::vector<std::string_view> DoingTable::PhrasesOf(std::string_view name) const {
  std::vector<std::string_view> phrases;
  for (const Row& row : rows_) {
    const bool of = std::any_of(row.stems.begin(), row.stems.end(),
                                [&](const std::string& stem) { return Holds(name, stem); });
    if (of) phrases.insert(phrases.end(), row.phrases.begin(), row.phrases.end());
  }
  return phrases;
}

}  // namespace duijie::indicator
