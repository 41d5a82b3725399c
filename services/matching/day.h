// SPDX-License-Identifier: GPL-3.0-or-later
// Calendar days "YYYY-MM-DD". Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace duijie::matching {

using Day = std::chrono::sys_days;

// A real day in exactly this form, years 1800 to 2999; else nothing.
std::optional<Day> ParseDay(std::string_view text);

std::string FormatDay(Day day);

// The day in China (UTC+8, no summer time) at this moment.
Day DayInChina(UnixMicros time);

}  // namespace duijie::matching
