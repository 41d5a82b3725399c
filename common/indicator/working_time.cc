// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/working_time.h"

#include <cstdlib>
#include <string>

namespace duijie::indicator {

// The hours of a day that the sentence states (每天运行16小时); 24 where it states none.
double HoursOfDay(std::string_view text) {
  constexpr double kHours = 24;
  for (const std::string_view lead : {"每天", "每日", "日运行", "日工作", "一天"}) {
    const size_t at = text.find(lead);
    if (at == std::string_view::npos) continue;
    constexpr size_t kReach = 24;  // bytes from 每天 to the number
    const size_t digit = text.find_first_of("0123456789", at);
    if (digit == std::string_view::npos || digit > at + kReach) continue;
    const size_t end = text.find_first_not_of("0123456789", digit);
    const std::string_view unit = end == std::string_view::npos ? "" : text.substr(end);
    if (!unit.starts_with("小时") && !unit.starts_with("h")) continue;
    const std::string hours(text.substr(digit, end - digit));
    const double value = std::strtod(hours.c_str(), nullptr);
    if (value > 0 && value <= kHours) return value;
  }
  return kHours;
}

// The days of a year that the sentence states (按年运行330天计); 0 where it states none.
double DaysOfYear(std::string_view text) {
  constexpr double kMaxDays = 366;
  for (const std::string_view lead : {"年运行", "每年", "年工作", "全年", "年生产", "年作业", "年开工"}) {
    const size_t at = text.find(lead);
    if (at == std::string_view::npos) continue;
    constexpr size_t kReach = 21;  // bytes from the word to the number
    const size_t digit = text.find_first_of("0123456789", at);
    if (digit == std::string_view::npos || digit > at + kReach) continue;
    const size_t end = text.find_first_not_of("0123456789", digit);
    if (end == std::string_view::npos) continue;
    if (!text.substr(end).starts_with("天") && !text.substr(end).starts_with("日")) continue;
    const double value = std::strtod(std::string(text.substr(digit, end - digit)).c_str(), nullptr);
    if (value > 0 && value <= kMaxDays) return value;
  }
  return 0;
}

}  // namespace duijie::indicator
