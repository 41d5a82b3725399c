// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_days.h"

#include <algorithm>
#include <set>

namespace duijie::mining {
namespace {

using std::chrono::year_month_day;

bool IsWeekend(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

template <typename Dates>
std::set<Day> DaysOf(const Dates& dates) {
  std::set<Day> days;
  for (const std::string& date : dates) {
    if (const std::optional<Day> day = ParseVisitDay(date)) days.insert(*day);
  }
  return days;
}

}  // namespace

std::optional<Day> ParseVisitDay(std::string_view text) {
  const std::optional<Day> day = ParseDay(text);
  if (!day || YearOf(*day) < kFirstVisitYear || YearOf(*day) > kLastVisitYear) return std::nullopt;
  return day;
}

int YearOf(Day day) { return static_cast<int>(year_month_day(day).year()); }
int MonthOf(Day day) { return static_cast<int>(static_cast<unsigned>(year_month_day(day).month())); }

Day FirstDayOf(int year) { return Day(std::chrono::year(year) / std::chrono::January / 1); }
Day LastDayOf(int year) { return Day(std::chrono::year(year) / std::chrono::December / 31); }

std::vector<Day> WorkingDays(const v1::VisitDemands& demands, int year, Day as_of) {
  const std::set<Day> off = DaysOf(demands.days_off());
  const std::set<Day> extra = DaysOf(demands.extra_days());
  const Day first = std::max(as_of, ParseVisitDay(demands.starts_on()).value_or(FirstDayOf(year)));
  const Day last = ParseVisitDay(demands.ends_on()).value_or(LastDayOf(year));
  std::vector<Day> days;
  for (Day day = first; day <= last; day += std::chrono::days(1)) {
    if (off.contains(day)) continue;
    if (!IsWeekend(day) || extra.contains(day)) days.push_back(day);
  }
  return days;
}

}  // namespace duijie::mining
