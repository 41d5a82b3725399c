// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/china_date.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "common/base/calendar.h"

namespace duijie::catalog {
namespace {

constexpr int64_t kChinaOffsetSeconds = std::chrono::seconds(kChinaOffset).count();
constexpr int64_t kSecondsPerDay = 86'400;

// Reads numbers and literals from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Number(size_t min_digits, size_t max_digits, int* value) {
    size_t digits = 0;
    int number = 0;
    while (digits < rest_.size() && digits < max_digits && rest_[digits] >= '0' && rest_[digits] <= '9') {
      number = number * 10 + (rest_[digits++] - '0');
    }
    if (digits < min_digits) return false;
    rest_.remove_prefix(digits);
    *value = number;
    return true;
  }
  bool Literal(std::string_view literal) {
    if (rest_.substr(0, literal.size()) != literal) return false;
    rest_.remove_prefix(literal.size());
    return true;
  }
  void SkipSpaces() {
    while (Literal(" ")) {
    }
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool IsDay(int year, int month, int day) {
  using namespace std::chrono;
  return year >= kFirstCalendarYear && year <= kLastCalendarYear &&
         year_month_day{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day))}
             .ok();
}

std::string Format(int year, int month, int day) {
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
  return text;
}

struct Day {
  int year, month, day;
};

bool ScanSeparatedDay(Scanner* scanner, Day* day) {
  if (!scanner->Number(4, 4, &day->year)) return false;
  for (const auto& [first, second, last] :
       {std::array<std::string_view, 3>{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}) {
    if (!scanner->Literal(first)) continue;
    return scanner->Number(1, 2, &day->month) && scanner->Literal(second) &&
           scanner->Number(1, 2, &day->day) && scanner->Literal(last);
  }
  return scanner->Number(2, 2, &day->month) && scanner->Number(2, 2, &day->day);  // 20260105
}

int64_t SecondsOf(const Day& day) {
  using namespace std::chrono;
  const sys_days days{year_month_day{year(day.year), month(static_cast<unsigned>(day.month)),
                                     std::chrono::day(static_cast<unsigned>(day.day))}};
  return days.time_since_epoch().count() * kSecondsPerDay;
}

// "Z", "+08:00" or nothing, which means China time.
bool ScanOffset(Scanner* scanner, int64_t* offset_seconds) {
  if (scanner->Literal("Z")) {
    *offset_seconds = 0;
    return true;
  }
  const bool plus = scanner->Literal("+");
  if (!plus && !scanner->Literal("-")) return true;
  int hours = 0, minutes = 0;
  if (!scanner->Number(2, 2, &hours) || !scanner->Literal(":") || !scanner->Number(2, 2, &minutes))
    return false;
  *offset_seconds = (hours * 60 + minutes) * (plus ? 60 : -60);
  return true;
}

struct TimeOfDay {
  int hours = 0, minutes = 0, seconds = 0, micros = 0;
};

bool ScanTimeOfDay(Scanner* scanner, TimeOfDay* time) {
  if (!scanner->Number(1, 2, &time->hours) || !scanner->Literal(":") ||
      !scanner->Number(2, 2, &time->minutes)) {
    return false;
  }
  if (scanner->Literal(":") && !scanner->Number(2, 2, &time->seconds)) return false;
  if (scanner->Literal(".") && !scanner->Number(6, 6, &time->micros)) return false;
  return time->hours <= 23 && time->minutes <= 59 && time->seconds <= 59;
}

}  // namespace

bool IsDate(std::string_view text) { return ParseDay(text).has_value(); }

std::string DateInChina(UnixMicros time) { return FormatDay(DayInChina(time)); }

std::optional<std::string> ParseDate(std::string_view text) {
  Scanner scanner(text);
  Day day{};
  if (!ScanSeparatedDay(&scanner, &day) || !IsDay(day.year, day.month, day.day)) return std::nullopt;
  scanner.SkipSpaces();
  TimeOfDay midnight;
  if (!scanner.AtEnd() && !(ScanTimeOfDay(&scanner, &midnight) && scanner.AtEnd())) return std::nullopt;
  if (midnight.hours + midnight.minutes + midnight.seconds != 0) return std::nullopt;
  return Format(day.year, day.month, day.day);
}

std::optional<UnixMicros> ParseTime(std::string_view text) {
  Scanner scanner(text);
  Day day{};
  if (!ScanSeparatedDay(&scanner, &day) || !IsDay(day.year, day.month, day.day)) return std::nullopt;
  TimeOfDay time;
  int64_t offset = kChinaOffsetSeconds;
  if (!scanner.AtEnd()) {
    if (!scanner.Literal("T")) scanner.SkipSpaces();
    if (!ScanTimeOfDay(&scanner, &time) || !ScanOffset(&scanner, &offset) || !scanner.AtEnd())
      return std::nullopt;
  }
  const int64_t seconds = SecondsOf(day) + time.hours * 3600 + time.minutes * 60 + time.seconds - offset;
  return seconds * kMicrosPerSecond + time.micros;
}

std::string FormatTime(UnixMicros time) {
  using namespace std::chrono;
  const sys_seconds local{floor<seconds>(microseconds(time)) + seconds(kChinaOffsetSeconds)};
  const sys_days date = floor<days>(local);
  const year_month_day day{date};
  const hh_mm_ss clock{local - date};
  char text[24];
  std::snprintf(text, sizeof(text), " %02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  std::string formatted =
      Format(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
             static_cast<int>(static_cast<unsigned>(day.day()))) +
      text;
  const auto micros = static_cast<int>((time % kMicrosPerSecond + kMicrosPerSecond) % kMicrosPerSecond);
  if (micros == 0) return formatted;
  std::snprintf(text, sizeof(text), ".%06d", micros);
  return formatted + text;
}

}  // namespace duijie::catalog
