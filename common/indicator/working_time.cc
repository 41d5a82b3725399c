// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/working_time.h"

#include <initializer_list>
#include <string>

#include "common/indicator/number.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

using Units = std::initializer_list<std::u32string_view>;

// The first number within reach behind one of the words, if one of the units follows it; 0 if there is none.
double NumberBehind(std::string_view text, std::initializer_list<std::string_view> leads, Units units) {
  constexpr size_t kReach = 7;   // code points from the word to the number
  constexpr size_t kBytes = 64;  // of the stretch looked at
  for (const std::string_view lead : leads) {
    const size_t at = text.find(lead);
    if (at == std::string_view::npos) continue;
    const std::u32string behind = ToFolded(text.substr(at + lead.size(), kBytes));
    for (size_t i = 0; i < behind.size() && i <= kReach; ++i) {
      const std::u32string_view rest = std::u32string_view(behind).substr(i);
      const auto number = IsDigit(rest.front()) ? std::optional(ReadDigits(rest)) : ReadNumeral(rest);
      if (!number) continue;
      for (const std::u32string_view unit : units) {
        if (rest.substr(number->length).starts_with(unit)) return number->value;
      }
      if (IsDigit(rest.front())) break;
    }
  }
  return 0;
}

}  // namespace

double HoursOfDay(std::string_view text) {
  constexpr double kHours = 24;
  const double hours =
      NumberBehind(text, {"每天", "每日", "日运行", "日工作", "一天"}, {U"小时", U"个小时", U"h"});
  return hours > 0 && hours <= kHours ? hours : kHours;
}

double DaysOfYear(std::string_view text) {
  constexpr double kMaxDays = 366;
  const double days = NumberBehind(text, {"年运行", "每年", "年工作", "全年", "年生产", "年作业", "年开工"},
                                   {U"天", U"日", U"个工作日"});
  return days <= kMaxDays ? days : 0;
}

}  // namespace duijie::indicator
