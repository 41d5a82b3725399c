// SPDX-License-Identifier: GPL-3.0-or-later
// Calendar days "YYYY-MM-DD" in China Standard Time (UTC+8, no summer time), which decide in which year
// something counts. Such texts order like the days. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "common/base/calendar.h"

namespace duijie::push {

inline constexpr int kFirstYear = 1900;  // earlier days are no days of a workbook

// The day in China at this moment. `time` must lie in the years 1900 to 2999.
std::string ChinaDay(UnixMicros time);

// "2026-01-05 12:30", in China's time.
std::string ChinaMinute(UnixMicros time);

// A real day of the years 1900 to 2999, in exactly this form.
bool IsDay(std::string_view text);

// `day` must be a day.
std::chrono::year_month_day DayOf(std::string_view day);
inline int YearOf(std::string_view day) { return static_cast<int>(DayOf(day).year()); }
inline unsigned MonthOf(std::string_view day) { return static_cast<unsigned>(DayOf(day).month()); }

// The same day of a later month, or the month's last day if it has no such day.
std::string AddMonths(std::string_view day, int months);

}  // namespace duijie::push
