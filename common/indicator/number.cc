// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

constexpr int kMaxExponent = 60;
constexpr size_t kMaxExponentDigits = 2;  // behind e
constexpr size_t kMaxMantissa = 5;        // code points before e
constexpr std::u32string_view kSuperscripts = U"⁰¹²³⁴⁵⁶⁷⁸⁹";

// The digits of `text` from `at` on, as a small number; moves `at`.
int SmallNumber(std::u32string_view text, size_t* at) {
  int value = 0;
  for (; *at < text.size() && IsDigit(text[*at]); ++*at)
    value = std::min(value * 10 + int(text[*at] - U'0'), 1000);
  return value;
}

int SuperscriptNumber(std::u32string_view text, size_t* at) {
  int value = 0;
  for (; *at < text.size(); ++*at) {
    const size_t digit = kSuperscripts.find(text[*at]);
    if (digit == std::u32string_view::npos) break;
    value = std::min(value * 10 + static_cast<int>(digit), 1000);
  }
  return value;
}

// The exponent behind a 10 at `at`: ^-5, ⁻⁶, ^9. Leaves `at` where it was if there is none.
std::optional<int> ExponentOfTen(std::u32string_view text, size_t* at) {
  size_t pos = *at;
  const auto rune = [&](size_t i) { return i < text.size() ? text[i] : U'\0'; };
  std::optional<int> exponent;
  if (rune(pos) == U'^') {
    ++pos;
    const bool bracket = rune(pos) == U'(';
    if (bracket) ++pos;
    const bool minus = rune(pos) == U'-';
    if (minus || rune(pos) == U'+') ++pos;
    if (!IsDigit(rune(pos))) return std::nullopt;
    exponent = SmallNumber(text, &pos) * (minus ? -1 : 1);
    if (bracket && rune(pos) == U')') ++pos;
  } else if (rune(pos) == U'⁻' || kSuperscripts.find(rune(pos)) != std::u32string_view::npos) {
    const bool minus = rune(pos) == U'⁻';
    if (minus) ++pos;
    if (rune(pos) == U'\0' || kSuperscripts.find(rune(pos)) == std::u32string_view::npos) return std::nullopt;
    exponent = SuperscriptNumber(text, &pos) * (minus ? -1 : 1);
  }
  if (exponent) *at = pos;
  return exponent;
}

double Scaled(double value, int exponent) {
  return value * std::pow(10.0, std::clamp(exponent, -kMaxExponent, kMaxExponent));
}

// Whether the blank at `at` parts thousands: 3 000, 12 500, 120 000, but not 100 200.
bool PartsThousands(std::u32string_view text, size_t at) {
  const auto is_digit = [&](size_t i) { return i < text.size() && IsDigit(text[i]); };
  if (at == 0 || at > 3 || text[0] == U'0') return false;
  if (!is_digit(at + 1) || !is_digit(at + 2) || !is_digit(at + 3) || is_digit(at + 4)) return false;
  return at < 3 || text.substr(at + 1, 3) == U"000";
}

// Digits with thousands separators and decimals; appends what from_chars reads.
size_t CollectDigits(std::u32string_view text, std::string* digits) {
  size_t at = 0;
  bool point = false;
  for (; at < text.size() && at < kMaxNumberRunes; ++at) {
    const char32_t c = text[at];
    const auto digit_at = [&](size_t ahead) { return at + ahead < text.size() && IsDigit(text[at + ahead]); };
    if (IsDigit(c)) {
      digits->push_back(static_cast<char>(c));
    } else if (c == U'.' && !point && digit_at(1)) {
      point = true;
      digits->push_back('.');
    } else {
      const bool comma = c == U',' && !point && (at <= 3 || text[at - 4] == U',') && digit_at(1) &&
                         digit_at(2) && digit_at(3) && !digit_at(4);
      const bool blank = c == U' ' && !point && digits->size() == at && PartsThousands(text, at);
      if (!comma && !blank) break;
    }
  }
  return at;
}

// ×10^-5 and the like behind a mantissa; e-3.
void ReadExponentPart(std::u32string_view text, ReadNumber* number) {
  size_t at = number->length;
  const auto rune = [&](size_t i) { return i < text.size() ? text[i] : U'\0'; };
  if (rune(at) == U'e' || rune(at) == U'E') {
    size_t pos = at + 1;
    const bool minus = rune(pos) == U'-';
    if (minus || rune(pos) == U'+') ++pos;
    if (!IsDigit(rune(pos))) return;
    const int exponent = SmallNumber(text, &pos);
    // 4e00281d and 1430708e-43cd are codes.
    const bool plain = rune(at + 1) != U'-' && rune(at + 1) != U'+';
    if ((plain && IsLatin(rune(pos))) || pos > at + 2 + kMaxExponentDigits || number->length > kMaxMantissa)
      return;
    number->value = Scaled(number->value, minus ? -exponent : exponent);
    number->length = pos;
    return;
  }
  while (rune(at) == U' ') ++at;
  if (rune(at) != U'×' && rune(at) != U'x' && rune(at) != U'X' && rune(at) != U'*' && rune(at) != U'·')
    return;
  ++at;
  while (rune(at) == U' ') ++at;
  if (rune(at) != U'1' || rune(at + 1) != U'0') return;
  at += 2;
  std::optional<int> exponent = ExponentOfTen(text, &at);
  if (!exponent && rune(at) == U'-' && IsDigit(rune(at + 1))) {  // 1×10-5, the superscript lost
    ++at;
    exponent = -SmallNumber(text, &at);
  }
  if (!exponent) return;
  number->value = Scaled(number->value, *exponent);
  number->length = at;
}

int DigitOf(char32_t c) {
  switch (c) {
    case U'零':
    case U'〇':
      return 0;
    case U'一':
      return 1;
    case U'二':
    case U'两':
      return 2;
    case U'三':
      return 3;
    case U'四':
      return 4;
    case U'五':
      return 5;
    case U'六':
      return 6;
    case U'七':
      return 7;
    case U'八':
      return 8;
    case U'九':
      return 9;
    default:
      return -1;
  }
}

int PlaceOf(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    default:
      return 0;
  }
}

// A numeral below 10000 with 点: 三百二十, 十五, 二点五.
std::optional<ReadNumber> ReadBelowTenThousand(std::u32string_view text) {
  ReadNumber number;
  number.chinese = true;
  double total = 0;
  double pending = -1;
  size_t at = 0;
  for (; at < text.size() && at < kMaxNumberRunes; ++at) {
    if (const int digit = DigitOf(text[at]); digit >= 0) {
      if (pending > 0) break;  // 二五 is no number of ours
      pending = digit;
    } else if (const int place = PlaceOf(text[at]); place > 0) {
      total += (pending < 0 ? 1 : pending) * place;
      pending = -1;
    } else {
      break;
    }
  }
  if (at == 0) return std::nullopt;
  number.value = total + std::max(pending, 0.0);
  if (at < text.size() && text[at] == U'点') {
    double scale = 0.1;
    size_t decimal = at + 1;
    for (; decimal < text.size() && DigitOf(text[decimal]) >= 0; ++decimal, scale /= 10) {
      number.value += scale * DigitOf(text[decimal]);
    }
    if (decimal > at + 1) at = decimal;
  }
  number.length = at;
  return number;
}

// 百分之五, 千分之三.
std::optional<ReadNumber> ReadPart(std::u32string_view text, std::u32string_view lead,
                                   std::string_view unit) {
  if (!text.starts_with(lead)) return std::nullopt;
  text.remove_prefix(lead.size());
  std::optional<ReadNumber> number;
  if (!text.empty() && IsDigit(text.front())) number = ReadDigits(text);
  if (!number) number = ReadBelowTenThousand(text);
  if (!number) return std::nullopt;
  number->length += lead.size();
  number->unit = unit;
  return number;
}

// 三分之一: a share in %.
std::optional<ReadNumber> ReadFraction(std::u32string_view text, const ReadNumber& whole) {
  std::u32string_view rest = text.substr(std::min(text.size(), whole.length));
  constexpr std::u32string_view kOf = U"分之";
  if (whole.value <= 0 || !rest.starts_with(kOf)) return std::nullopt;
  rest.remove_prefix(kOf.size());
  const bool digits = !rest.empty() && IsDigit(rest.front());
  const auto part = digits ? std::optional(ReadDigits(rest)) : ReadBelowTenThousand(rest);
  if (!part) return std::nullopt;
  ReadNumber number;
  number.value = part->value * 100 / whole.value;
  number.length = whole.length + kOf.size() + part->length;
  number.unit = "%";
  number.chinese = true;
  return number;
}

// 三成, 九成五.
std::optional<ReadNumber> ReadTenths(std::u32string_view text, const ReadNumber& tenths) {
  const auto rune = [&](size_t ahead) {
    return tenths.length + ahead < text.size() ? text[tenths.length + ahead] : U'\0';
  };
  const char32_t after = rune(1);
  // 7成 as 七成, but not 3成型.
  constexpr std::u32string_view kBehindDigits = U"以左上多半的";
  if (!tenths.chinese && IsHan(after) && DigitOf(after) < 0 &&
      kBehindDigits.find(after) == std::u32string_view::npos)
    return std::nullopt;
  if (rune(0) != U'成' || tenths.value > 10 || after == U'本' || after == U'分' || after == U'品')
    return std::nullopt;
  ReadNumber number = tenths;
  number.unit = "%";
  number.value = tenths.value * 10;
  number.length = tenths.length + 1;
  number.indefinite = false;
  const bool plain = IsDigit(after) && !IsDigit(rune(2)) && rune(2) != U'.';
  const int digit = after == U'半' ? 5 : plain ? static_cast<int>(after - U'0') : DigitOf(after);
  if (digit > 0) {
    number.value += digit;
    ++number.length;
  }
  return number;
}

// 一万二千: the rest of a number whose 万 is no part of the unit.
void ReadBehindTenThousand(std::u32string_view text, ReadNumber* number) {
  if (number->length + 1 >= text.size() || text[number->length] != U'万') return;
  const auto rest = ReadBelowTenThousand(text.substr(number->length + 1));
  if (!rest || PlaceOf(text[number->length + rest->length]) == 0) return;
  number->value = number->value * 1e4 + rest->value;
  number->length += 1 + rest->length;
}

std::optional<ReadNumber> Fixed(double value, size_t length, std::string_view unit) {
  ReadNumber number;
  number.value = value;
  number.length = length;
  number.unit = unit;
  number.chinese = true;
  return number;
}

}  // namespace

bool IsNumeral(char32_t c) {
  constexpr char32_t kFirst = U'〇';  // the rest are ideographs
  return c >= kFirst && (DigitOf(c) >= 0 || PlaceOf(c) > 0 || c == U'半');
}

ReadNumber ReadDigits(std::u32string_view text) {
  ReadNumber number;
  std::string digits;
  number.length = CollectDigits(text, &digits);
  std::from_chars(digits.data(), digits.data() + digits.size(), number.value);
  if (digits == "10") {
    if (const auto exponent = ExponentOfTen(text, &number.length)) {
      number.value = Scaled(1, *exponent);
      return number;
    }
  }
  ReadExponentPart(text, &number);
  return ReadTenths(text, number).value_or(number);
}

std::optional<ReadNumber> ReadNumeral(std::u32string_view text) {
  if (auto percent = ReadPart(text, U"百分之", "%")) return percent;
  if (auto permille = ReadPart(text, U"千分之", "‰")) return permille;
  if (auto share = ReadPart(text, U"万分之", "%")) {
    share->value /= 100;
    return share;
  }
  if (text.starts_with(U"一半")) return Fixed(50, 2, "%");
  if (text.starts_with(U"半")) return Fixed(0.5, 1, "");
  auto number = ReadBelowTenThousand(text);
  if (!number) return std::nullopt;
  if (auto fraction = ReadFraction(text, *number)) return fraction;
  if (auto tenths = ReadTenths(text, *number)) return tenths;
  ReadBehindTenThousand(text, &*number);
  number->indefinite = number->value <= 2 && number->length == 1;
  return number;
}

std::optional<ReadNumber> ReadScaled(std::u32string_view text) {
  if (text.empty() || text.front() == U'半') return std::nullopt;
  auto number = IsDigit(text.front()) ? std::optional(ReadDigits(text)) : ReadNumeral(text);
  if (!number || !number->unit.empty()) return std::nullopt;
  const std::u32string_view rest = text.substr(number->length);
  if (rest.empty()) return number;
  if (number->chinese && IsNumeral(rest.front()) && rest.front() != U'半') return std::nullopt;
  if (rest.front() != U'万' && rest.front() != U'亿') return number;
  number->value *= rest.front() == U'万' ? 1e4 : 1e8;
  ++number->length;
  return number;
}

}  // namespace duijie::indicator
