// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/condition_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "common/indicator/quantities.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxConditionBytes = 1024;
constexpr double kRoomCelsius = 25;
constexpr double kMildKelvin = 40;  // from room temperature
constexpr double kSameTolerance = 1e-6;
constexpr double kKelvinOfRoom = 273.15 + kRoomCelsius;

constexpr std::array<std::u32string_view, 17> kDefaults = {
    U"室温", U"常温",     U"常压", U"常温常压", U"25℃",    U"20℃",  U"23℃",  U"25°C", U"目前",
    U"现有", U"标准状态", U"现",   U"原来",     U"室温下", U"现在", U"原有", U"传统"};
constexpr std::array<std::u32string_view, 6> kFullLoad = {U"满负荷",   U"满载",     U"满载工况",
                                                          U"额定负荷", U"额定负载", U"额定工况"};

std::u32string Bare(std::string_view condition) {
  std::u32string folded = ToFolded(condition.substr(0, kMaxConditionBytes));
  std::erase_if(folded, [](char32_t c) { return c == U' ' || c == U'，' || c == U','; });
  for (const std::u32string_view end : {U"条件下", U"环境下", U"时", U"下", U"后", U"倍率"}) {
    if (folded.ends_with(end) && folded.size() > end.size()) folded.resize(folded.size() - end.size());
  }
  return folded;
}

bool IsDefault(const std::u32string& condition) {
  return condition.empty() || std::find(kDefaults.begin(), kDefaults.end(), condition) != kDefaults.end();
}

struct Measured {
  double value;
  Unit unit;
};

// The first figure of the condition; full load is 100 %.
std::optional<Measured> FirstFigure(std::string_view condition) {
  for (const std::u32string_view load : kFullLoad) {
    if (ToFolded(condition).find(load) != std::u32string::npos) return Measured{100, *ParseUnit("%")};
  }
  const Runes runes(condition, kMaxConditionBytes);
  const Grouped grouped = GroupQuantities(runes, Tokenize(runes));
  if (grouped.quantities.empty()) return std::nullopt;
  const Quantity& first = grouped.quantities.front();
  const auto unit = ParseUnit(first.unit);
  if (!unit) return std::nullopt;
  return Measured{first.upper.value_or(first.value), *unit};
}

bool IsTemperature(const Unit& unit) { return unit.offset != 0 || Convertible(unit, *ParseUnit("K")); }

// How far from room temperature, and on which side; other quantities are harder where they are larger.
double Severity(const Measured& figure) {
  const double base = figure.value * figure.unit.factor + figure.unit.offset;
  return IsTemperature(figure.unit) ? base - kKelvinOfRoom : base;
}

// A temperature far from that of a room, where the target names no condition.
bool IsSevere(std::string_view condition) {
  const auto figure = FirstFigure(condition);
  return figure && IsTemperature(figure->unit) && std::abs(Severity(*figure)) > kMildKelvin;
}

ConditionMatch BySeverity(double wanted, double stated) {
  if (wanted * stated < 0 && std::abs(wanted) > 0) {
    // Cold against hot, except that near room temperature the other side is merely easier.
    return std::abs(stated) < std::abs(wanted) ? ConditionMatch::kEasier : ConditionMatch::kOther;
  }
  if (std::abs(wanted - stated) <= kSameTolerance * std::max(std::abs(wanted), std::abs(stated)))
    return ConditionMatch::kSame;
  return std::abs(stated) > std::abs(wanted) ? ConditionMatch::kHarder : ConditionMatch::kEasier;
}

}  // namespace

ConditionMatch MatchConditions(std::string_view wanted, std::string_view stated) {
  const std::u32string want = Bare(wanted);
  const std::u32string have = Bare(stated);
  if (want == have) return ConditionMatch::kSame;
  const bool default_wanted = IsDefault(want);
  const bool default_stated = IsDefault(have);
  if (default_wanted && default_stated) return ConditionMatch::kSame;
  if (wanted.empty()) return IsSevere(stated) ? ConditionMatch::kHarder : ConditionMatch::kSame;
  if (default_wanted) return ConditionMatch::kOther;
  if (have.empty()) return ConditionMatch::kMissing;
  if (have.find(want) != std::u32string::npos) return ConditionMatch::kSame;
  const auto a = FirstFigure(wanted);
  const auto b = FirstFigure(stated);
  if (a && b && Convertible(a->unit, b->unit)) return BySeverity(Severity(*a), Severity(*b));
  return default_stated ? ConditionMatch::kEasier : ConditionMatch::kOther;
}

}  // namespace duijie::indicator
