// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/calendar.h"

#include <array>
#include <cstdio>

namespace duijie {
namespace {

constexpr size_t kDayLength = 10;

std::optional<int> Digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

std::optional<Day> ParseDay(std::string_view text) {
  if (text.size() != kDayLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Digits(text.substr(0, 4));
  const auto month = Digits(text.substr(5, 2));
  const auto day = Digits(text.substr(8, 2));
  if (!year || !month || !day || *year < kFirstCalendarYear || *year > kLastCalendarYear) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::string FormatDay(Day day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

Day DayInChina(UnixMicros time) {
  const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds(time)};
  return std::chrono::floor<std::chrono::days>(moment + kChinaOffset);
}

}  // namespace duijie
