// SPDX-License-Identifier: GPL-3.0-or-later
// Days as visits know them: calendar days in China (UTC+8, no summer time), written "YYYY-MM-DD". Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/calendar.h"
#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

inline constexpr int kFirstVisitYear = 2000;
inline constexpr int kLastVisitYear = 2999;

// A day of the years above (ParseDay of common/base/calendar.h).
std::optional<Day> ParseVisitDay(std::string_view text);

int YearOf(Day day);
int MonthOf(Day day);  // 1 to 12
Day FirstDayOf(int year);
Day LastDayOf(int year);

// The days of the plan's period on which visits may take place, none before `as_of`, in order. The demands
// must have passed CheckDemands.
std::vector<Day> WorkingDays(const v1::VisitDemands& demands, int year, Day as_of);

}  // namespace duijie::mining
