// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that are not written but follow from one that is. Private to common/indicator.
#pragma once

#include <optional>
#include <string_view>

#include "common/indicator/extract.h"

namespace duijie::indicator {

inline constexpr double kHundred = 100;  // %: all of it

bool IsRelative(const Indicator& indicator);
// %, ‰ and 倍.
bool IsShare(std::string_view unit);

// A share of what was before as a change: to 60 % is down by 40 %.
std::optional<Indicator> AsChange(const Indicator& share);

// 合格率 98 % as 不良率 2 %; the name stays.
std::optional<Indicator> Complement(const Indicator& stated);

// A change that the name tells: 能耗降低率 20 % is 能耗 down by 20 %, 减盐率, 增产幅度 and COD去除率 alike.
// nullopt where it tells none, or where the figure is an upper bound.
std::optional<Indicator> NamedChange(const Indicator& figure);

// 由36降至28: the change in the unit, in % of the start, or in points where the figures are %; nullopt
// without a start, and for points of anything else.
enum class ChangeIn : uint8_t { kUnit, kShare, kPoints };
std::optional<Indicator> ChangeFromStart(const Indicator& figure, ChangeIn in);
// As which of them a change in `unit` is worked out.
ChangeIn ChangeInUnit(std::string_view unit);

// 焊接时间由30分钟减为12分钟 as a rise of 焊接效率 by 150 %; nullopt without a start, or where the time
// grows.
std::optional<Indicator> FasterByTime(const Indicator& figure);

// 节电量, 节水率: whether the figure is what is saved.
bool NamesSaving(std::string_view name);

// 增重, 失重: whether the name is a change itself, so that 增重0.6mg is no rise of something else.
bool NamesOwnChange(std::string_view name);

// 长度偏差 of 长度: the name without the word for a deviation.
std::string_view WithoutDeviation(std::string_view name);

}  // namespace duijie::indicator
