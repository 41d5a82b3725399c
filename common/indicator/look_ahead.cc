// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/look_ahead.h"

#include <algorithm>
#include <array>

#include "common/indicator/number.h"
#include "common/indicator/units.h"
#include "common/indicator/vocabulary.h"

namespace duijie::indicator {
namespace {

constexpr std::array<std::u32string_view, 8> kLeadingUnits = {U"HRC", U"HRB", U"HRA", U"HV",
                                                              U"HB",  U"HBW", U"HL",  U"HBS"};

}  // namespace

bool IsLeadingUnit(std::u32string_view word) {
  return std::find(kLeadingUnits.begin(), kLeadingUnits.end(), word) != kLeadingUnits.end();
}

bool FigureFollows(const Runes& text, size_t at) {
  static constexpr std::u32string_view kLeads = U"±-+约近零负≥≤><φΦ仅每原百千";
  if (text[at] == U' ') ++at;
  const char32_t c = text[at];
  if (IsDigit(c)) return true;
  for (const std::u32string_view scale : kLeadingUnits) {
    if (Ahead(text, at).starts_with(scale) && IsDigit(text[at + scale.size()])) return true;
  }
  if (c != 0 && kLeads.find(c) != std::u32string_view::npos) return true;
  if (!IsNumeral(c)) return false;
  const VocabularyMatch word = LongestWord(Ahead(text, at));
  return NumeralLength(text, at) > (word.role == Role::kWord ? word.length : 0);
}

bool BoundFollows(const Runes& text, size_t at) {
  const Role role = LongestWord(Ahead(text, at)).role;
  return role == Role::kAtLeast || role == Role::kAtMost || role == Role::kAtMostAfter ||
         role == Role::kAtLeastAfter || role == Role::kMaximum;
}

bool ShareFollows(const Runes& text, size_t at) {
  constexpr size_t kMaxOf = 8;  // code points
  if (text[at] != U'是' && text[at] != U'为') return false;
  for (size_t i = at + 1; i <= at + kMaxOf && IsHan(text[i]); ++i) {
    if (text[i] == U'的') return IsDigit(text[i + 1]);
  }
  return false;
}

size_t NumeralLength(const Runes& text, size_t at) {
  const auto number = ReadNumeral(Ahead(text, at));
  if (!number) return 0;
  const size_t unit = number->unit.empty() ? UnitLength(Ahead(text, at + number->length)) : 0;
  return number->unit.empty() && unit == 0 ? 0 : number->length + unit;
}

size_t LoadLength(const Runes& text, size_t at) {
  size_t end = at;
  while (IsDigit(text[end]) || text[end] == U'.') ++end;
  if (end == at) return 0;
  const char32_t next = text[end];
  if (next == U' ' && IsDigit(text[end + 1])) return end - at;
  // 硬度HV0.3为1200, but not HV0.3～0.5.
  const bool told = next == U'为' || next == U'达' || next == U'≥' || next == U'>' || next == U':';
  return told && FigureFollows(text, end + 1) ? end - at : 0;
}

size_t TurnLength(const Runes& text, size_t at) {
  constexpr size_t kMaxDoing = 6;  // code points of what is done
  const size_t value = at + (text[at + 1] == U'隔' ? 2 : 1);
  if (!IsDigit(text[value])) return 0;
  size_t end = value;
  while (IsDigit(text[end]) || text[end] == U'.') ++end;
  const size_t unit = UnitLength(Ahead(text, end));
  const std::u32string_view behind = Ahead(text, end + unit).substr(0, kMaxDoing + 2);
  const bool once =
      behind.find(U"一次") != std::u32string_view::npos || behind.find(U"1次") != std::u32string_view::npos;
  if (unit == 0 || !once || !IsHan(behind.front()) || behind.front() == U'一') return 0;
  return value - at;
}

size_t AbilityLength(const Runes& text, size_t at) {
  static constexpr std::u32string_view kEnds = U"性率度";
  if (text[at] != U'可' || !IsHan(text[at + 1]) || text[at + 2] == 0) return 0;
  const char32_t then = text[at + 3];
  return kEnds.find(text[at + 2]) != std::u32string_view::npos && then != U'能' ? 3 : 0;
}

}  // namespace duijie::indicator
