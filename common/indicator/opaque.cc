// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/opaque.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "common/indicator/number.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2099;
constexpr size_t kYearDigits = 4;
constexpr size_t kMinIdentifierDigits = 8;
constexpr size_t kMaxListMarkDigits = 2;

constexpr std::array<std::u32string_view, 28> kStandardBodies = {
    U"GB", U"ISO", U"IEC", U"ASTM", U"EN", U"DIN", U"JIS", U"IATF", U"YY", U"JB",
    U"HG", U"DL",  U"QB",  U"SY",   U"YB", U"TB",  U"JGJ", U"CJ",   U"HJ", U"NY",
    U"LY", U"FZ",  U"JT",  U"YD",   U"MT", U"CJJ", U"DB",  U"IEEE"};
// Words whose value people write right behind them.
constexpr std::array<std::u32string_view, 12> kValued = {U"Ra",  U"Rz",  U"Rq", U"pH", U"PH",  U"HRC",
                                                         U"HRB", U"HRA", U"HV", U"HB", U"HBW", U"PUE"};

size_t DigitRun(const Runes& text, size_t at) {
  size_t end = at;
  while (IsDigit(text[end])) ++end;
  return end - at;
}

size_t SkipBlank(const Runes& text, size_t at) { return text[at] == U' ' ? at + 1 : at; }

bool IsYear(const Runes& text, size_t at) {
  if (DigitRun(text, at) != kYearDigits) return false;
  int year = 0;
  for (size_t i = 0; i < kYearDigits; ++i) year = year * 10 + static_cast<int>(text[at + i] - U'0');
  return year >= kFirstYear && year <= kLastYear;
}

// 月 [30日] behind a number; also 底, 初 and 份.
size_t MonthDay(const Runes& text, size_t at) {
  const size_t digits = DigitRun(text, at);
  size_t end = SkipBlank(text, at + digits);
  if (digits == 0 || digits > 2 || text[end] != U'月') return 0;
  ++end;
  const size_t day = DigitRun(text, SkipBlank(text, end));
  const size_t after_day = SkipBlank(text, SkipBlank(text, end) + day);
  if (day > 0 && (text[after_day] == U'日' || text[after_day] == U'号')) return after_day + 1 - at;
  return end - at;
}

size_t Date(const Runes& text, size_t at) {
  if (!IsYear(text, at)) return MonthDay(text, at);
  size_t end = at + kYearDigits;
  if ((text[end] == U'-' || text[end] == U'~' || text[end] == U'至') && IsYear(text, end + 1))
    end += 1 + kYearDigits;
  end = SkipBlank(text, end);
  if (text[end] != U'年') return 0;
  ++end;
  return end + MonthDay(text, end) - at;
}

size_t PhoneOrIdentifier(const Runes& text, size_t at) {
  const size_t digits = DigitRun(text, at);
  const size_t end = at + digits;
  if ((digits == 3 || digits == 4) && text[end] == U'-') {
    const size_t rest = DigitRun(text, end + 1);
    if (rest == 7 || rest == 8) return digits + 1 + rest;
  }
  const bool is_measure = text[end] == U'.' || text[end] == U'%' ||
                          UnitLength(text.view(end, std::min(text.size(), end + kMaxUnitRunes))) > 0;
  return digits >= kMinIdentifierDigits && !is_measure ? digits : 0;
}

// 3:1, 8:30, 1/3 and 2:3:1.
size_t Ratio(const Runes& text, size_t at) {
  size_t end = at + DigitRun(text, at);
  if (text[end] == U'.' && IsDigit(text[end + 1])) end += 1 + DigitRun(text, end + 1);
  const size_t first = end;
  while ((text[end] == U':' || text[end] == U'∶' || text[end] == U'/') && IsDigit(text[end + 1])) {
    end += 1 + DigitRun(text, end + 1);
    if (text[end] == U'.' && IsDigit(text[end + 1])) end += 1 + DigitRun(text, end + 1);
  }
  return end > first ? end - at : 0;
}

bool ContinuesCode(const Runes& text, size_t at) {
  if (IsLatin(text[at]) || IsDigit(text[at])) return true;
  const bool joint = text[at] == U'-' || text[at] == U'.' || text[at] == U'/' || text[at] == U'_';
  return joint && (IsDigit(text[at + 1]) || IsLatin(text[at + 1])) && at > 0 && text[at - 1] != U' ';
}

size_t CodeRun(const Runes& text, size_t at) {
  size_t end = at;
  while (end - at < kMaxCodeRunes && ContinuesCode(text, end)) ++end;
  return end - at;
}

// 16-17-24070: parts of a number of something.
size_t HyphenCode(const Runes& text, size_t at) {
  size_t end = at + DigitRun(text, at);
  size_t parts = 1;
  while (text[end] == U'-' && IsDigit(text[end + 1]) && end - at < kMaxCodeRunes) {
    end += 1 + DigitRun(text, end + 1);
    ++parts;
  }
  return parts >= 3 ? end - at : 0;
}

// 4K and 8K of pictures are no temperatures, 3d打印 takes no days.
bool IsPictureFormat(const Runes& text, size_t at) {
  if (DigitRun(text, at) != 1) return false;
  if (text[at + 1] == U'd' || text[at + 1] == U'D') {
    return text[at + 2] != 0 &&
           std::u32string_view(U"打视模眼游建影激扫成").find(text[at + 2]) != std::u32string_view::npos;
  }
  if (text[at + 1] != U'K') return false;
  return std::u32string_view(U"视高分超摄画影显").find(text[at + 2]) != std::u32string_view::npos &&
         text[at + 2] != 0;
}

// Digits with letters that are no unit: 42CrMo, 5G, 6061-T6.
size_t Designation(const Runes& text, size_t at) {
  const ReadNumber number = ReadDigits(text.view(at, std::min(text.size(), at + kMaxNumberRunes)));
  const size_t end = at + number.length;
  if (IsPictureFormat(text, at)) return 2;
  if (!IsLatin(text[end])) return 0;
  if (UnitLength(text.view(end, std::min(text.size(), end + kMaxUnitRunes))) > 0) return 0;
  return CodeRun(text, at);
}

size_t Standard(const Runes& text, size_t at, size_t letters) {
  const std::u32string_view word = text.view(at, at + letters);
  const bool known = std::find(kStandardBodies.begin(), kStandardBodies.end(), word) != kStandardBodies.end();
  if (!known) return 0;
  size_t end = at + letters;
  if (text[end] == U'/' && IsLatin(text[end + 1])) {
    ++end;
    while (IsLatin(text[end])) ++end;
  }
  end = SkipBlank(text, end);
  if (!IsDigit(text[end])) return 0;
  while (end - at < kMaxCodeRunes &&
         (IsDigit(text[end]) || ((text[end] == U'.' || text[end] == U'-') && IsDigit(text[end + 1]))))
    ++end;
  return end - at;
}

// Q/HB 003-2020: a standard of a firm.
size_t FirmStandard(const Runes& text, size_t at, size_t letters) {
  if (letters != 1 || text[at] != U'Q' || text[at + 1] != U'/' || !IsLatin(text[at + 2])) return 0;
  size_t end = at + 2;
  while (IsLatin(text[end])) ++end;
  end = SkipBlank(text, end);
  if (!IsDigit(text[end])) return 0;
  while (end - at < kMaxCodeRunes && (IsDigit(text[end]) || (text[end] == U'-' && IsDigit(text[end + 1]))))
    ++end;
  return end - at;
}

}  // namespace

size_t OpaqueDigits(const Runes& text, size_t at) {
  for (const auto reader : {Date, PhoneOrIdentifier, Ratio, HyphenCode, Designation}) {
    if (const size_t length = reader(text, at)) return length;
  }
  return 0;
}

size_t Ordinal(const Runes& text, size_t at) {
  if (text[at] != U'第') return 0;
  size_t end = at + 1;
  while (end - at < kMaxNumberRunes && (IsDigit(text[end]) || IsNumeral(text[end]))) ++end;
  if (end == at + 1) return 0;
  return IsHan(text[end]) ? end + 1 - at : end - at;
}

size_t LatinWord(const Runes& text, size_t at) {
  size_t letters = 0;
  while (letters < kMaxCodeRunes && IsLatin(text[at + letters])) ++letters;
  if (const size_t standard = Standard(text, at, letters)) return standard;
  if (const size_t standard = FirmStandard(text, at, letters)) return standard;
  const std::u32string_view word = text.view(at, at + letters);
  const char32_t next = text[at + letters];
  if (std::find(kValued.begin(), kValued.end(), word) != kValued.end()) return letters;
  if (next == U'-' && (IsDigit(text[at + letters + 1]) || IsLatin(text[at + letters + 1])))
    return CodeRun(text, at);
  if (!IsDigit(next)) return letters;
  const ReadNumber number =
      ReadDigits(text.view(at + letters, std::min(text.size(), at + letters + kMaxNumberRunes)));
  const char32_t after = text[at + letters + number.length];
  // Cr12%~14%: a value; otherwise a code such as T90.
  const bool is_value = after == U'%' || after == U'‰' || after == U'~' || after == U'±';
  return is_value ? letters : CodeRun(text, at);
}

size_t ListMark(const Runes& text, size_t at) {
  const size_t digits = DigitRun(text, at);
  if (digits == 0 || digits > kMaxListMarkDigits) return 0;
  const char32_t mark = text[at + digits];
  const char32_t next = text[at + digits + 1];
  if (mark != U'.' && mark != U'、' && mark != U')') return 0;
  return IsDigit(next) || next == 0 ? 0 : digits + 1;
}

}  // namespace duijie::indicator
