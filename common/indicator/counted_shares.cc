// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/counted_shares.h"

#include <charconv>
#include <iterator>
#include <optional>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/unit_bridge.h"

namespace duijie::indicator {
namespace {

constexpr double kTenThousand = 1e4;  // 万
constexpr double kFewest = 10;        // of what a share is told
constexpr std::string_view kMyriad = "万";
constexpr std::string_view kCountWords[] = {"株", "道", "片", "件", "个", "只", "头", "尾",   "粒",  "例",
                                            "台", "批", "次", "张", "根", "块", "枚", "袋",   "瓶",  "条",
                                            "组", "户", "羽", "箱", "颗", "穴", "kg", "公斤", "千克"};

struct Count {
  double value;
  std::string_view word;
  TextSpan span;
};

bool IsFigureDigit(char c) { return c >= '0' && c <= '9'; }

// The count that begins at `at`, if one does.
std::optional<Count> ReadCount(std::string_view text, size_t at) {
  double value = 0;
  const auto read =
      std::from_chars(text.data() + at, text.data() + text.size(), value, std::chars_format::fixed);
  if (read.ec != std::errc()) return std::nullopt;
  std::string_view rest = text.substr(static_cast<size_t>(read.ptr - text.data()));
  if (rest.starts_with(kMyriad)) {
    value *= kTenThousand;
    rest.remove_prefix(kMyriad.size());
  }
  for (const std::string_view word : kCountWords) {
    if (!rest.starts_with(word) || rest.substr(word.size()).starts_with("/")) continue;
    const size_t end = text.size() - rest.size() + word.size();
    return Count{value, word, {static_cast<uint32_t>(at), static_cast<uint32_t>(end)}};
  }
  return std::nullopt;
}

std::vector<Count> CountsIn(std::string_view text) {
  constexpr size_t kMaxCounts = 32;
  std::vector<Count> counts;
  for (size_t at = 0; at < text.size() && counts.size() < kMaxCounts; ++at) {
    if (!IsFigureDigit(text[at])) continue;
    if (const auto count = ReadCount(text, at)) counts.push_back(*count);
    while (at + 1 < text.size() && (IsFigureDigit(text[at + 1]) || text[at + 1] == '.')) ++at;
  }
  return counts;
}

}  // namespace

std::vector<CountedShare> CountedShares(std::string_view text) {
  std::vector<CountedShare> shares;
  const std::vector<Count> counts = CountsIn(text);
  for (size_t i = 0; i + 1 < counts.size() && shares.size() < kMaxCountedShares; ++i) {
    const Count& all = counts[i];
    const Count& some = counts[i + 1];
    if (all.value < kFewest || some.value > all.value || some.word != all.word) continue;
    if (some.span.begin >= SentenceOf(text, all.span).end) continue;
    Indicator share;
    share.value = kHundred * some.value / all.value;
    share.unit.assign(1, '%');
    share.value_span = some.span;
    share.whole = some.span;
    shares.push_back({std::move(share), NumberText(some.value) + " / " + NumberText(all.value)});
  }
  return shares;
}

}  // namespace duijie::indicator
