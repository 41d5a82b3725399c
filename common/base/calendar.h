// SPDX-License-Identifier: GPL-3.0-or-later
// Calendar days "YYYY-MM-DD", and which day it is in China: UTC+8 all year, so a day of the project begins at
// 16:00 UTC of the day before. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace duijie {

using Day = std::chrono::sys_days;

inline constexpr int kFirstCalendarYear = 1800;
inline constexpr int kLastCalendarYear = 2999;
inline constexpr std::chrono::hours kChinaOffset{8};

// A real day of the years above in exactly this form. Such texts order like the days.
std::optional<Day> ParseDay(std::string_view text);

std::string FormatDay(Day day);

// The day in China at this moment.
Day DayInChina(UnixMicros time);

}  // namespace duijie
