// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_values.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "common/tabular/cell_text.h"

namespace duijie::tabular {
namespace {

constexpr int kSignificantDigits = 15;
constexpr int kMaxPlainExponent = 20;
constexpr int kMinPlainExponent = -15;
constexpr int64_t kSecondsPerDay = 86'400;
constexpr double kMaxSerial = 2'958'466;  // 9999-12-31 is the day before, in the 1900 system
constexpr int64_t kFakeLeapDay = 60;  // 1900-02-29, kept by spreadsheets for compatibility with Lotus 1-2-3

std::optional<double> ParseNumber(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '+')) text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// digits "12345", exponent 3 (of the first digit) -> "1234.5"
std::string PlaceDecimalPoint(const std::string& digits, int exponent) {
  if (exponent < 0) return "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<size_t>(exponent) + 1;
  if (digits.size() <= whole) return digits + std::string(whole - digits.size(), '0');
  return digits.substr(0, whole) + "." + digits.substr(whole);
}

// Which letters of dates and times a format code contains.
struct Letters {
  bool year_or_day = false;
  bool month_or_minute = false;
  bool hour_or_second = false;

  void Add(char c) {
    year_or_day |= c == 'y' || c == 'Y' || c == 'd' || c == 'D';
    month_or_minute |= c == 'm' || c == 'M';
    hour_or_second |= c == 'h' || c == 'H' || c == 's' || c == 'S';
  }
};

bool IsElapsedTime(std::string_view inside) {
  if (inside.empty()) return false;
  const std::string_view allowed = "hHmMsS";
  return allowed.find(inside[0]) != std::string_view::npos &&
         inside.find_first_not_of(inside[0]) == std::string_view::npos;
}

// Reads the bracket starting at `at`; returns the position of its end.
size_t ScanBracket(std::string_view code, size_t at, Letters* letters) {
  const size_t end = std::min(code.find(']', at), code.size());
  if (IsElapsedTime(code.substr(at + 1, end - at - 1))) letters->hour_or_second = true;
  return end;
}

Letters ScanFormat(std::string_view code) {
  Letters letters;
  for (size_t at = 0; at < code.size(); ++at) {
    switch (code[at]) {
      case ';':  // only the section for positive numbers matters
        return letters;
      case '"':
        at = std::min(code.find('"', at + 1), code.size());
        break;
      case '\\':
      case '_':
      case '*':  // these take the next character literally
        ++at;
        break;
      case '[':
        at = ScanBracket(code, at, &letters);
        break;
      default:
        letters.Add(code[at]);
    }
  }
  return letters;
}

std::string TimeText(int64_t second_of_day) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", static_cast<int>(second_of_day / 3600),
                static_cast<int>(second_of_day / 60 % 60), static_cast<int>(second_of_day % 60));
  return buffer;
}

std::optional<std::chrono::sys_days> DayOfSerial(int64_t serial, bool date_1904) {
  using std::chrono::days;
  using std::chrono::sys_days;
  using std::chrono::year;
  if (date_1904) return sys_days(year(1904) / 1 / 1) + days(serial);
  if (serial < 1 || serial == kFakeLeapDay) return std::nullopt;
  const sys_days base(serial < kFakeLeapDay ? year(1899) / 12 / 31 : year(1899) / 12 / 30);
  return base + days(serial);
}

// The value of `count` digits at `at`, or -1.
int Digits(std::string_view text, size_t at, size_t count) {
  int value = 0;
  for (size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void AppendUtf8(uint32_t code, std::string* out) {
  if (code < 0x80) {
    *out += static_cast<char>(code);
  } else if (code < 0x800) {
    *out += static_cast<char>(0xC0 | code >> 6);
    *out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    *out += static_cast<char>(0xE0 | code >> 12);
    *out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    *out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

bool IsDroppedControl(uint32_t code) { return code < 0x20 && code != '\t' && code != '\n' && code != '\r'; }

}  // namespace

NumberKind KindOfBuiltinFormat(int id) {
  const auto in = [id](int from, int to) { return from <= id && id <= to; };
  if (in(18, 21) || in(32, 35) || in(45, 47) || in(55, 56)) return NumberKind::kTime;
  if (in(14, 17) || id == 22 || in(27, 31) || id == 36 || in(50, 54) || in(57, 58)) return NumberKind::kDate;
  return NumberKind::kNumber;
}

NumberKind KindOfFormatCode(std::string_view code) {
  const Letters letters = ScanFormat(code);
  if (letters.year_or_day) return NumberKind::kDate;
  if (letters.hour_or_second) return NumberKind::kTime;
  return letters.month_or_minute ? NumberKind::kDate : NumberKind::kNumber;
}

std::optional<std::string> NumberText(std::string_view text) {
  const auto value = ParseNumber(text);
  if (!value) return std::nullopt;
  if (*value == 0) return "0";
  char buffer[40];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(*value),
                                     std::chars_format::scientific, kSignificantDigits - 1);
  const std::string_view scientific(buffer, static_cast<size_t>(written.ptr - buffer));  // d.dddddde±xx
  const size_t e = scientific.find('e');
  int exponent = 0;
  const size_t exponent_at = scientific[e + 1] == '+' ? e + 2 : e + 1;
  std::from_chars(scientific.data() + exponent_at, scientific.data() + scientific.size(), exponent);
  std::string digits(1, scientific[0]);
  digits.append(scientific.substr(2, e - 2));
  digits.erase(digits.find_last_not_of('0') + 1);
  const std::string sign = *value < 0 ? "-" : "";
  if (exponent <= kMaxPlainExponent && exponent >= kMinPlainExponent)
    return sign + PlaceDecimalPoint(digits, exponent);
  const std::string mantissa = digits.size() == 1 ? digits : digits.substr(0, 1) + "." + digits.substr(1);
  return sign + mantissa + "e" + std::to_string(exponent);
}

std::optional<std::string> DateText(std::string_view serial, NumberKind kind, bool date_1904) {
  const auto value = ParseNumber(serial);
  if (!value || *value < 0 || *value >= kMaxSerial) return std::nullopt;
  const int64_t seconds = std::llround(*value * static_cast<double>(kSecondsPerDay));
  const int64_t second_of_day = seconds % kSecondsPerDay;
  if (kind == NumberKind::kTime && seconds < kSecondsPerDay) return TimeText(second_of_day);
  const auto day = DayOfSerial(seconds / kSecondsPerDay, date_1904);
  if (!day || std::chrono::year_month_day(*day).year() > std::chrono::year(9999)) return std::nullopt;
  return second_of_day == 0 ? DayText(*day) : DayText(*day) + " " + TimeText(second_of_day);
}

std::optional<std::string> IsoDateText(std::string_view text) {
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day = Digits(text, 8, 2);
  if (year < 0 || month < 0 || day < 0 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto date = std::chrono::year(year) / month / day;
  if (!date.ok()) return std::nullopt;
  const std::string day_text(text.substr(0, 10));
  if (text.size() == 10) return day_text;
  const int hour = Digits(text, 11, 2);
  const int minute = Digits(text, 14, 2);
  const int second = text.size() > 16 ? Digits(text, 17, 2) : 0;
  if (text[10] != 'T' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  const int64_t second_of_day = int64_t{hour} * 3600 + minute * 60 + second;
  return second_of_day == 0 ? day_text : day_text + " " + TimeText(second_of_day);
}

bool IsHexEscape(std::string_view text, size_t at) {
  if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return false;
  return text.substr(at + 2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string UnescapeString(std::string text) {
  if (text.find("_x") == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    uint32_t code = 0;
    if (IsHexEscape(text, at)) std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (!IsHexEscape(text, at) || surrogate) {
      out += text[at++];
      continue;
    }
    if (!IsDroppedControl(code)) AppendUtf8(code, &out);
    at += 7;
  }
  return out;
}

}  // namespace duijie::tabular
