// SPDX-License-Identifier: GPL-3.0-or-later
// The day in China (UTC+8, no summer time), "YYYY-MM-DD". Pure.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>

#include "common/base/clock.h"

namespace duijie::push {

inline std::string DayInChina(UnixMicros time) {
  constexpr std::chrono::hours kChina{8};
  const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds(time)};
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(moment + kChina)};
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

}  // namespace duijie::push
