// SPDX-License-Identifier: GPL-3.0-or-later
// How long a plant works by what a sentence says. Private to common/indicator.
#pragma once

#include <string_view>

namespace duijie::indicator {

// The hours of a day (每天运行16小时); 24 where the sentence states none.
double HoursOfDay(std::string_view text);
// The days of a year (按年运行330天计); 0 where the sentence states none.
double DaysOfYear(std::string_view text);

}  // namespace duijie::indicator
