// SPDX-License-Identifier: GPL-3.0-or-later
// Days as visits know them: calendar days in China (UTC+8, no summer time), written "YYYY-MM-DD". Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

using Day = std::chrono::sys_days;

inline constexpr int kFirstVisitYear = 2000;
inline constexpr int kLastVisitYear = 2999;

// A day of the years above in exactly this form. Such strings order like the days.
std::optional<Day> ParseDay(std::string_view text);
std::string DayText(Day day);

int YearOf(Day day);
int MonthOf(Day day);  // 1 to 12
Day FirstDayOf(int year);
Day LastDayOf(int year);

// The day in China at this moment.
Day ChinaDay(UnixMicros time);

// The days of the plan's period on which visits may take place, none before `as_of`, in order. The demands
// must have passed CheckDemands.
std::vector<Day> WorkingDays(const v1::VisitDemands& demands, int year, Day as_of);

}  // namespace duijie::mining
