// SPDX-License-Identifier: GPL-3.0-or-later
// Technical indicators (技术指标) in Chinese text: what is measured, the bound, the value with its unit, the
// condition, and where each stands. What counts as an indicator and how it is written down follows
// tests/quality/README-indicators.md.
//
// A token stage (numbers, units, words of the vocabulary, punctuation) and a small grammar over the tokens:
// each figure is read together with the words before it (comparators, the name) and behind it (以上, 的 +
// name) in its clause. The words are data in vocabulary_table.cc, the units in unit_table.cc.
//
// Pure and thread-safe, linear in the text, never throws on any bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duijie::indicator {

inline constexpr size_t kMaxTextBytes = 64 << 10;  // only the start of longer texts is read
inline constexpr size_t kMaxIndicators = 1000;     // of one text; later ones are left out
inline constexpr size_t kMaxContextTokens = 40;    // looked at on either side of a figure
inline constexpr size_t kMaxNameRunes = 40;        // code points of a name
inline constexpr size_t kMaxConditionRunes = 60;   // code points of one condition

enum class Comparator : uint8_t {
  kAtLeast,
  kAtMost,
  kEqual,
  kBetween,     // value to upper
  kPlusMinus,   // value, give or take upper
  kIncreaseBy,  // relative to something, by value (to upper)
  kDecreaseBy,
};

// Byte offsets [begin, end) into the text given.
struct TextSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool empty() const { return begin == end; }
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

struct Indicator {
  std::string name;  // as in the text; "" if the text names nothing
  Comparator comparator = Comparator::kEqual;
  double value = 0;
  std::optional<double> upper;
  std::optional<double> from;  // A of 由A降到B, in `unit`
  std::string unit;            // as in the text, half width, without blanks; "" for pure numbers
  std::string condition;       // stretches joined with "，"; "" if there is none
  TextSpan whole;              // the smallest stretch that holds name, comparator, value and unit
  TextSpan name_span;          // empty if the name is inherited from an earlier figure, or missing
  TextSpan value_span;         // number and unit
  TextSpan condition_span;     // of the last stretch; empty if there is none
  bool is_maximum = false;     // 最高可达: the best value reached, no guarantee
  bool is_highest = false;     // 最高, 最长: no value of the thing lies above it
  bool is_lowest = false;      // 最低, 最短: none lies below it
  bool is_negated = false;     // 尚未达到, 不能
  bool is_about = false;       // 约, 左右
  bool is_of_former = false;   // 降到原来的60%: a share of what was before, of the rival's
};

// In the order of their values in the text.
std::vector<Indicator> Extract(std::string_view text);

}  // namespace duijie::indicator
