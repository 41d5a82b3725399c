// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/china_day.h"

#include <algorithm>
#include <cstdio>

namespace duijie::push {
namespace {

using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates only

constexpr hours kChinaOffset{8};

std::string Format(year_month_day day) {
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::string ChinaDay(UnixMicros time) {
  return Format(year_month_day{floor<days>(sys_time<microseconds>{microseconds(time)} + kChinaOffset)});
}

std::string ChinaMinute(UnixMicros time) {
  const auto local = sys_time<microseconds>{microseconds(time)} + kChinaOffset;
  const auto day = floor<days>(local);
  const hh_mm_ss clock{local - day};
  char text[16];
  std::snprintf(text, sizeof(text), " %02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()));
  return Format(year_month_day{day}) + text;
}

bool IsDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!IsDigits(text.substr(0, 4)) || !IsDigits(text.substr(5, 2)) || !IsDigits(text.substr(8, 2))) {
    return false;
  }
  const year_month_day day = DayOf(text);
  return day.ok() && static_cast<int>(day.year()) >= kFirstYear && static_cast<int>(day.year()) <= kLastYear;
}

year_month_day DayOf(std::string_view day) {
  return {year(Number(day.substr(0, 4))), month(static_cast<unsigned>(Number(day.substr(5, 2)))),
          std::chrono::day(static_cast<unsigned>(Number(day.substr(8, 2))))};
}

std::string AddMonths(std::string_view day, int months) {
  const year_month_day from = DayOf(day);
  year_month_day to = from + std::chrono::months(months);
  if (!to.ok()) to = to.year() / to.month() / last;
  return Format(to);
}

}  // namespace duijie::push
