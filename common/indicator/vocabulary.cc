// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/vocabulary.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "common/indicator/better_side.h"
#include "common/indicator/runes.h"
#include "common/indicator/vocabulary_table.h"

namespace duijie::indicator {
namespace {

struct Entry {
  std::u32string word;
  char32_t second;  // its second code point, 0 if it has one only
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

// 希望能耗不高于 holds 能耗, not 希望能.
bool SplitsEnergy(std::u32string_view word, std::u32string_view text) {
  return word.back() == U'能' && text.size() > word.size() &&
         std::u32string_view(U"耗量效源").find(text[word.size()]) != std::u32string_view::npos;
}

// Words by their first code point, longest first. Code points beyond the basic plane begin no word.
class Index {
 public:
  Index() : list_of_(kPlane, 0), lists_(1) {
    for (const VocabularyRow& row : VocabularyRows()) {
      for (std::u32string& word : SplitWords(row.words)) Add(std::move(word), row.role);
    }
    for (std::vector<Entry>& entries : lists_) {
      std::stable_sort(entries.begin(), entries.end(),
                       [](const Entry& a, const Entry& b) { return a.word.size() > b.word.size(); });
    }
  }

  VocabularyMatch Longest(std::u32string_view text) const {
    if (text.empty() || text.front() >= kPlane) return {};
    const char32_t second = text.size() > 1 ? text[1] : U'\0';
    for (const Entry& entry : lists_[list_of_[text.front()]]) {
      if (entry.second != U'\0' && entry.second != second) continue;
      if (text.starts_with(entry.word) && !SplitsEnergy(entry.word, text))
        return {entry.role, entry.word.size()};
    }
    return {};
  }

 private:
  static constexpr size_t kPlane = 0x10000;

  void Add(std::u32string word, Role role) {
    uint16_t& list = list_of_[word.front()];
    if (list == 0) {
      list = static_cast<uint16_t>(lists_.size());
      lists_.emplace_back();
    }
    std::vector<Entry>& entries = lists_[list];
    const bool known =
        std::any_of(entries.begin(), entries.end(), [&](const Entry& e) { return e.word == word; });
    if (known) return;
    const char32_t second = word.size() > 1 ? word[1] : U'\0';
    entries.push_back({std::move(word), second, role});
  }

  std::vector<uint16_t> list_of_;  // index into lists_, 0 where no word begins
  std::vector<std::vector<Entry>> lists_;
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
  static const Index kIndex;
  return kIndex.Longest(text);
}

bool NamesPureNumber(std::u32string_view name) {
  static const std::vector<std::u32string> kEnds = SplitWords(kPureNumberEnds);
  return EndsInOneOf(name, kEnds);
}

bool SizesTechnique(std::u32string_view name) {
  static const std::vector<std::u32string> kWords = SplitWords(kSizingWords);
  return HoldsOneOf(name, kWords);
}

bool SpeaksOfBound(std::u32string_view word) {
  static constexpr std::u32string_view kSpoken[] = {U"打底", U"封顶", U"撑死", U"撑死了", U"顶天", U"起步"};
  return std::find(std::begin(kSpoken), std::end(kSpoken), word) != std::end(kSpoken);
}

bool IsBetterSmall(std::u32string_view name) {
  static const std::vector<std::u32string> kAnywhere = SplitWords(kBetterSmallWords);
  static const std::vector<std::u32string> kEnds = SplitWords(kBetterSmallEnds);
  const auto ends = [&](const std::u32string& end) { return name.ends_with(end); };
  if (std::any_of(kEnds.begin(), kEnds.end(), ends)) return true;
  // 噪声识别率, 氨氮去除率, 误差补偿效率: of something that is to be large.
  constexpr std::u32string_view kLarge = U"率能量力";
  const bool is_rate = !name.empty() && kLarge.find(name.back()) != std::u32string_view::npos;
  return !is_rate && HoldsOneOf(name, kAnywhere);
}

bool IsBetterSmall(std::string_view name) { return IsBetterSmall(std::u32string_view(ToFolded(name))); }

bool IsSmallIfSuperior(std::u32string_view name) {
  static const std::vector<std::u32string> kWords = SplitWords(kSmallIfSuperiorWords);
  return IsBetterSmall(name) || HoldsOneOf(name, kWords);
}

bool IsPrecision(std::u32string_view name) {
  return name.ends_with(U"精度") || name.ends_with(U"分辨率") || name.ends_with(U"分辨力");
}

bool MayBeBackground(std::u32string_view name) {
  static const std::vector<std::u32string> kWords = SplitWords(kBackgroundWords);
  return HoldsOneOf(name, kWords);
}

}  // namespace duijie::indicator
