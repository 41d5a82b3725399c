// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/vocabulary.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/indicator/runes.h"
#include "common/indicator/vocabulary_table.h"

namespace duijie::indicator {
namespace {

struct Entry {
  std::u32string word;
  Role role;
};

std::vector<std::u32string> SplitWords(std::string_view words) {
  std::vector<std::u32string> parts;
  while (!words.empty()) {
    const size_t bar = std::min(words.find('|'), words.size());
    parts.push_back(ToFolded(words.substr(0, bar)));
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  return parts;
}

// Words by their first code point, longest first.
class Index {
 public:
  Index() {
    for (const VocabularyRow& row : VocabularyRows()) {
      for (std::u32string& word : SplitWords(row.words)) Add(std::move(word), row.role);
    }
    for (auto& [first, entries] : by_first_) {
      std::stable_sort(entries.begin(), entries.end(),
                       [](const Entry& a, const Entry& b) { return a.word.size() > b.word.size(); });
    }
  }

  VocabularyMatch Longest(std::u32string_view text) const {
    const auto found = text.empty() ? by_first_.end() : by_first_.find(text.front());
    if (found == by_first_.end()) return {};
    for (const Entry& entry : found->second) {
      if (text.starts_with(entry.word)) return {entry.role, entry.word.size()};
    }
    return {};
  }

 private:
  void Add(std::u32string word, Role role) {
    std::vector<Entry>& entries = by_first_[word.front()];
    const bool known =
        std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.word == word; });
    if (!known) entries.push_back({std::move(word), role});
  }

  std::unordered_map<char32_t, std::vector<Entry>> by_first_;
};

bool EndsInOneOf(std::u32string_view name, const std::vector<std::u32string>& ends) {
  return std::any_of(ends.begin(), ends.end(),
                     [&](const std::u32string& end) { return name.ends_with(end); });
}

bool HoldsOneOf(std::u32string_view name, const std::vector<std::u32string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::u32string& word) {
    return name.find(word) != std::u32string_view::npos;
  });
}

}  // namespace

VocabularyMatch LongestWord(std::u32string_view text) {
  static const Index index;
  return index.Longest(text);
}

bool NamesPureNumber(std::u32string_view name) {
  static const std::vector<std::u32string> ends = SplitWords(kPureNumberEnds);
  return EndsInOneOf(name, ends);
}

bool SizesTechnique(std::u32string_view name) {
  static const std::vector<std::u32string> words = SplitWords(kSizingWords);
  return HoldsOneOf(name, words);
}

bool LessIsBetter(std::u32string_view name) {
  static const std::vector<std::u32string> words = SplitWords(kLessIsBetterWords);
  return HoldsOneOf(name, words);
}

bool MayBeBackground(std::u32string_view name) {
  static const std::vector<std::u32string> words = SplitWords(kBackgroundWords);
  return HoldsOneOf(name, words);
}

}  // namespace duijie::indicator
