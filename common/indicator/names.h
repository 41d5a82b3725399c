// SPDX-License-Identifier: GPL-3.0-or-later
// The words that say what a figure measures. Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "common/indicator/quantities.h"

namespace duijie::indicator {

struct Name {
  uint32_t begin = 0;  // code points; empty if begin == end
  uint32_t end = 0;
  std::optional<Role> change;  // kUp or kDown: the verb before it, or that it holds (节能)
  bool own_verb = false;       // 节能: the name is its own verb
  bool joined = false;         // 和 or 、 stands before it
  bool sized = false;          // a verb such as 监测 counts it
  size_t first = 0;            // index of its first token
  bool empty() const { return begin == end; }
};

// The name that ends before token `end`, not reaching before token `begin`.
Name NameBefore(const std::vector<Token>& tokens, size_t end, size_t begin);

// The same where only a verb names the figure: 数据保持15年.
Name NameWithVerb(const std::vector<Token>& tokens, size_t end, size_t begin);
// Without adverbs at its end: 衰减平均.
void TrimName(const Runes& text, Name* name);

// The name behind a figure: 10MPa的压力, 0.3mm厚, 64路温度. `index` is the token behind the figure's last
// cue. `counted`: the figure is a count, whose thing follows directly.
Name NameBehind(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t end, bool counted);

// 中性盐雾试验 of 通过了480h中性盐雾试验, 压力 of 可承受40MPa压力: the name behind a figure that something
// endures. `first` is the first token of the figure with its cues, `index` the one behind it.
Name NameEndured(const Runes& text, const std::vector<Token>& tokens, size_t first, size_t index,
                 size_t begin, size_t end);

// 能耗 of 能耗偏高，目前为…: what the clause before token `end` finds fault with; empty if it holds figures.
Name NameOfFault(const Runes& text, const std::vector<Token>& tokens, size_t end, size_t begin);

// What is done within the time that ends before token `index`: 40分钟即可充满.
Name DoneWithin(const Runes& text, const std::vector<Token>& tokens, size_t index, size_t end);

}  // namespace duijie::indicator
