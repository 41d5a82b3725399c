// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/demand/sentences.h"

#include <algorithm>
#include <array>
#include <span>

#include "common/demand/words_in.h"
#include "common/text/code_points.h"

namespace duijie {
namespace {

using std::string_view;

constexpr auto kStops = std::to_array<string_view>({"。", "！", "？", "!", "?", "\n", "；", ";", "，", ","});
constexpr size_t kFullStops = 6;
constexpr size_t kPartStops = 8;

std::span<const string_view> MarksOf(Stop stop) {
  const std::span<const string_view> all = kStops;
  switch (stop) {
    case Stop::kSentence:
      return all.first(kFullStops);
    case Stop::kPart:
      return all.first(kPartStops);
    default:
      return all;
  }
}

}  // namespace

size_t BeginBefore(string_view text, size_t at, Stop stop) {
  size_t first = at > kMaxSentenceBytes ? at - kMaxSentenceBytes : 0;
  while (first < at && IsTrailingByte(text[first])) ++first;
  for (size_t begin = at; begin > first; --begin) {
    if (EndsWithOneOf(text.substr(first, begin - first), MarksOf(stop))) return begin;
  }
  return first;
}

size_t EndFrom(string_view text, size_t at, Stop stop) {
  const std::span<const string_view> marks = MarksOf(stop);
  size_t last = std::min(text.size(), at + kMaxSentenceBytes);
  while (last > at && last < text.size() && IsTrailingByte(text[last])) --last;
  const string_view looked_at = text.substr(0, last);
  for (size_t end = at; end < last; ++end) {
    const string_view after = looked_at.substr(end);
    if (std::any_of(marks.begin(), marks.end(), [&](string_view mark) { return after.starts_with(mark); }))
      return end;
  }
  return last;
}

}  // namespace duijie
