// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_days.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>

namespace duijie::mining {
namespace {

using std::chrono::year_month_day;

constexpr size_t kDayLength = 10;
constexpr std::chrono::hours kChinaOffset{8};

bool Number(std::string_view text, int* value) {
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  return std::from_chars(text.data(), text.data() + text.size(), *value).ec == std::errc();
}

bool IsWeekend(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

template <typename Dates>
std::set<Day> DaysOf(const Dates& dates) {
  std::set<Day> days;
  for (const std::string& date : dates) {
    if (const std::optional<Day> day = ParseDay(date)) days.insert(*day);
  }
  return days;
}

}  // namespace

std::optional<Day> ParseDay(std::string_view text) {
  int year = 0, month = 0, day = 0;
  if (text.size() != kDayLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!Number(text.substr(0, 4), &year) || !Number(text.substr(5, 2), &month) ||
      !Number(text.substr(8, 2), &day)) {
    return std::nullopt;
  }
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || year < kFirstVisitYear || year > kLastVisitYear) return std::nullopt;
  return Day(date);
}

std::string DayText(Day day) {
  const year_month_day date(day);
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

int YearOf(Day day) { return static_cast<int>(year_month_day(day).year()); }
int MonthOf(Day day) { return static_cast<int>(static_cast<unsigned>(year_month_day(day).month())); }

Day FirstDayOf(int year) { return Day(std::chrono::year(year) / std::chrono::January / 1); }
Day LastDayOf(int year) { return Day(std::chrono::year(year) / std::chrono::December / 31); }

Day ChinaDay(UnixMicros time) {
  const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds(time)};
  return std::chrono::floor<std::chrono::days>(moment + kChinaOffset);
}

std::vector<Day> WorkingDays(const v1::VisitDemands& demands, int year, Day as_of) {
  const std::set<Day> off = DaysOf(demands.days_off());
  const std::set<Day> extra = DaysOf(demands.extra_days());
  const Day first = std::max(as_of, ParseDay(demands.starts_on()).value_or(FirstDayOf(year)));
  const Day last = ParseDay(demands.ends_on()).value_or(LastDayOf(year));
  std::vector<Day> days;
  for (Day day = first; day <= last; day += std::chrono::days(1)) {
    if (off.contains(day)) continue;
    if (!IsWeekend(day) || extra.contains(day)) days.push_back(day);
  }
  return days;
}

}  // namespace duijie::mining
