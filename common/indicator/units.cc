// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/units.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/indicator/runes.h"
#include "common/indicator/unit_parser.h"
#include "common/indicator/unit_table.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxUnitBytes = kMaxUnitRunes * 4;
constexpr size_t kMaxQuantityBytes = 256;  // of the name that decides between readings

bool HoldsOneOf(std::string_view text, std::string_view words) {
  if (words.empty()) return true;
  while (!words.empty()) {
    const size_t bar = std::min(words.find('|'), words.size());
    if (text.find(words.substr(0, bar)) != std::string_view::npos) return true;
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  return false;
}

// 度 alone, and 度 of 万度/年 where the words of the row stand in the name.
std::string Resolve(std::string_view text, std::string_view quantity) {
  constexpr size_t kMultiplier = 3;  // bytes of 万 and 亿
  const size_t lead = text.starts_with("万") || text.starts_with("亿") ? kMultiplier : 0;
  const size_t end = std::min(text.find('/'), text.size());
  const std::string_view core = text.substr(lead, end - std::min(lead, end));
  const bool lone = core.size() == text.size();
  for (const HintRow& row : HintRows()) {
    if (row.spelling != core || (!lone && row.words.empty()) || !HoldsOneOf(quantity, row.words)) continue;
    return std::string(text.substr(0, lead)) + std::string(row.meaning) + std::string(text.substr(end));
  }
  return std::string(text);
}

std::u32string WithoutBlanks(std::string_view text) {
  std::u32string folded = ToFolded(text);
  std::erase(folded, U' ');
  return folded;
}

}  // namespace

std::optional<Unit> ParseUnit(std::string_view text, std::string_view quantity) {
  if (text.size() > kMaxUnitBytes) return std::nullopt;
  const std::u32string folded = WithoutBlanks(Resolve(text, quantity.substr(0, kMaxQuantityBytes)));
  if (folded.empty()) return Unit{};
  const auto parsed = ParseUnitPrefix(folded, Vocabulary());
  if (!parsed || parsed->length != folded.size()) return std::nullopt;
  return parsed->unit;
}

bool IsDimensionless(const Unit& unit) { return unit.dimensions == Dimensions{}; }

bool Convertible(const Unit& from, const Unit& to) { return from.dimensions == to.dimensions; }

double Convert(double value, const Unit& from, const Unit& to) {
  return (value * from.factor + from.offset - to.offset) / to.factor;
}

double ConvertDifference(double value, const Unit& from, const Unit& to) {
  return value * from.factor / to.factor;
}

size_t UnitLength(std::u32string_view text) {
  const auto parsed = ParseUnitPrefix(text, Vocabulary());
  if (!parsed) return 0;
  const std::u32string_view unit = text.substr(0, parsed->length);
  if (parsed->lone && Vocabulary().only_in_compounds.contains(unit)) return 0;
  return parsed->length;
}

}  // namespace duijie::indicator
