// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/china_day.h"

#include <cstdio>

#include "common/base/calendar.h"

namespace duijie::push {
namespace {

using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates only

}  // namespace

std::string ChinaDay(UnixMicros time) { return FormatDay(DayInChina(time)); }

std::string ChinaMinute(UnixMicros time) {
  const auto local = sys_time<microseconds>{microseconds(time)} + kChinaOffset;
  const auto day = floor<days>(local);
  const hh_mm_ss clock{local - day};
  char text[16];
  std::snprintf(text, sizeof(text), " %02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()));
  return FormatDay(day) + text;
}

bool IsDay(std::string_view text) {
  const std::optional<Day> day = ParseDay(text);
  return day && *day >= Day(year(kFirstYear) / January / 1);
}

year_month_day DayOf(std::string_view day) { return year_month_day{ParseDay(day).value_or(Day())}; }

std::string AddMonths(std::string_view day, int months) {
  const year_month_day from = DayOf(day);
  year_month_day to = from + std::chrono::months(months);
  if (!to.ok()) to = to.year() / to.month() / last;
  return FormatDay(sys_days(to));
}

}  // namespace duijie::push
