// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/unit_forms.h"

#include <array>

#include "common/indicator/holds.h"
#include "common/indicator/word_set.h"

namespace duijie::indicator {
namespace {

struct Implied {
  std::string_view word;
  std::string_view per;
};
constexpr std::array<Implied, 35> kImplied = {
    {{"节拍", "/件"},        {"人均日", "/人/天"}, {"人均班", "/人/班"},  {"转速", "/分"},
     {"转数", "/分"},        {"克重", "/m²"},      {"日作业", "/天"},     {"日加工", "/天"},
     {"台时", "/小时"},      {"时效", "/小时"},    {"小时处理", "/小时"}, {"小时产", "/小时"},
     {"亩产", "/亩"},        {"日处理", "/天"},    {"日产", "/天"},       {"年处理", "/年"},
     {"年产", "/年"},        {"年消纳", "/年"},    {"时产", "/小时"},     {"班产", "/班"},
     {"年节", "/年"},        {"年停", "/年"},      {"年减", "/年"},       {"吨水", "/吨"},
     {"吨钢", "/吨"},        {"单件", "/件"},      {"单位面积", "/m²"},   {"月产", "/月"},
     {"吨产品", "/吨"},      {"吨处理", "/吨"},    {"亩均", "/亩"},       {"时速", "/小时"},
     {"百公里", "/100公里"}, {"头均", "/头"},      {"日均", "/天"}}};

// Words that begin a name.
constexpr std::array<Implied, 4> kLeading = {{{"吨", "/吨"}, {"亩", "/亩"}, {"日", "/天"}, {"年", "/年"}}};

// Whether any of these words stands in the name: most imply nothing.
bool MayImply(std::string_view name) {
  static const WordSet kWords = [] {
    std::vector<std::string_view> words;
    words.reserve(kImplied.size() + kLeading.size());
    for (const Implied& implied : kImplied) words.push_back(implied.word);
    for (const Implied& leading : kLeading) words.push_back(leading.word);
    return WordSet(std::move(words));
  }();
  return kWords.IsIn(name);
}

// The unit that goes without saying: Ra 0.4 is in μm.
std::string_view NaturalUnit(std::string_view name) {
  if (Holds(name, "粗糙度") || Holds(name, "Ra") || Holds(name, "光洁度")) return "μm";
  if (Holds(name, "邵氏") || Holds(name, "邵尔")) return "邵氏A";
  for (const std::string_view pollutant : {"COD", "BOD", "氨氮", "总磷", "总氮", "悬浮物"}) {
    if (Holds(name, pollutant)) return "mg/L";
  }
  if (Holds(name, "浊度")) return "NTU";
  return "";
}

// 约28.5万 where money is asked for.
bool IsBareMoney(const Indicator& figure, const Indicator& other) {
  return (figure.unit == "万" || figure.unit == "亿") && Holds(other.unit, "元");
}

// 8000人 where users are asked for.
bool IsHeadCount(std::string_view unit) {
  return unit == "人" || unit == "名" || unit == "个" || unit == "户";
}

// 分子量100万 is in Da.
bool IsBareMolecular(const Indicator& figure) {
  return (figure.unit.empty() || figure.unit == "万") &&
         (Holds(figure.name, "分子量") || Holds(figure.name, "分子质量"));
}

}  // namespace

bool IsWater(std::string_view text) { return Holds(text, "水") || Holds(text, "液") || Holds(text, "沉淀"); }

// The unit with what the name implies: 亩产 550 公斤 is 公斤/亩.
std::string ImpliedUnit(const Indicator& indicator) {
  if (indicator.unit.find('/') != std::string::npos || !MayImply(indicator.name)) return {};
  for (const Implied& implied : kImplied) {
    if (Holds(indicator.name, implied.word)) return indicator.unit + std::string(implied.per);
  }
  for (const Implied& leading : kLeading) {
    if (indicator.name.starts_with(leading.word)) return indicator.unit + std::string(leading.per);
  }
  return {};
}

std::optional<Unit> WithImplied(const Indicator& indicator) {
  const std::string unit = ImpliedUnit(indicator);
  return unit.empty() ? std::nullopt : ParseUnit(unit, indicator.name);
}

bool IsBarePercent(const Indicator& a, const Indicator& b) {
  constexpr double kLeast = 2;  // below it a pure number may be a share
  const Indicator& bare = a.unit.empty() ? a : b;
  const Indicator& percent = a.unit.empty() ? b : a;
  return bare.unit.empty() && percent.unit == "%" && bare.value >= kLeast;
}

std::string_view UnitOf(const Indicator& figure, const Indicator& other) {
  if (IsBareMolecular(figure)) return figure.unit.empty() ? "Da" : "万Da";
  if (IsBareMoney(figure, other)) return figure.unit == "万" ? "万元" : "亿元";
  if (!figure.unit.empty()) return figure.unit;
  if (IsHeadCount(other.unit) && Holds(figure.name, "用户")) return other.unit;
  const std::string_view natural = NaturalUnit(figure.name);
  return natural.empty() ? NaturalUnit(other.name) : natural;
}

// 28.5万元/套 is the price of one: the unit without the piece where the other one names no piece.
std::optional<Unit> WithoutPiece(const Indicator& indicator, const Indicator& other) {
  if (other.unit.find('/') != std::string::npos || !Holds(indicator.unit, "元")) return std::nullopt;
  const auto without = [&](std::string_view piece) {
    return ParseUnit(indicator.unit.substr(0, indicator.unit.size() - piece.size()), indicator.name);
  };
  for (const std::string_view piece : {"/套", "/台", "/条", "/台套", "/座", "/辆"}) {
    if (indicator.unit.ends_with(piece)) return without(piece);
  }
  // 单次检测费用 20元 and 12元/个, but not 20万元 and 0.5元/个.
  constexpr double kMaxRatio = 50;
  for (const std::string_view piece :
       {"/个", "/件", "/次", "/份", "/只", "/样品", "/样本", "/样", "/片", "/支"}) {
    if (!indicator.unit.ends_with(piece)) continue;
    const auto one = without(piece);
    const auto whole = ParseUnit(other.unit, other.name);
    if (!one || !whole || other.value <= 0) return std::nullopt;
    const double ratio = indicator.value * one->factor / (other.value * whole->factor);
    if (ratio > kMaxRatio || ratio * kMaxRatio < 1) return std::nullopt;
    return one;
  }
  return std::nullopt;
}

// 8亿CFU/g and 8亿/g of a bacterium: what is counted goes without saying.
Unit WithoutGerms(Unit unit) {
  unit.dimensions[static_cast<size_t>(Base::kColony)] = 0;
  unit.dimensions[static_cast<size_t>(Base::kItem)] = 0;
  return unit;
}

// 45 s/模 is a time where a time is asked for: the unit without what it is for one of.
std::optional<Unit> WithoutItem(const Unit& unit, const Indicator& figure) {
  constexpr auto kItem = static_cast<size_t>(Base::kItem);
  const bool time = Holds(figure.name, "节拍") || Holds(figure.name, "时") || Holds(figure.name, "周期");
  if (unit.dimensions[kItem] != -2 || !time) return std::nullopt;
  Unit bare = unit;
  bare.dimensions[kItem] = 0;
  return bare;
}

std::optional<Unit> OfOne(const Unit& unit) {
  constexpr auto kItem = static_cast<size_t>(Base::kItem);
  const bool money = unit.dimensions[static_cast<size_t>(Base::kYuan)] != 0;  // a price is for one
  if (money || unit.dimensions[kItem] != -2) return std::nullopt;
  Unit one = unit;
  one.dimensions[kItem] = 0;
  return one;
}

std::optional<Unit> WithoutCounted(const Unit& unit) {
  Unit rest = unit;
  rest.dimensions[static_cast<size_t>(Base::kItem)] = 0;
  rest.dimensions[static_cast<size_t>(Base::kCycle)] = 0;
  if (rest.dimensions == unit.dimensions || rest.dimensions[static_cast<size_t>(Base::kTime)] >= 0)
    return std::nullopt;
  return rest;
}

// Nm³ of a gas are what is meant by m³, also below a stroke.
Unit AsPlainVolume(Unit unit) {
  constexpr auto kLength = static_cast<size_t>(Base::kLength);
  constexpr auto kNormal = static_cast<size_t>(Base::kNormalVolume);
  constexpr int kLengths = 3;  // of a volume
  unit.dimensions[kLength] =
      static_cast<int8_t>(unit.dimensions[kLength] + kLengths * unit.dimensions[kNormal]);
  unit.dimensions[kNormal] = 0;
  return unit;
}

// 4.6 mg/Nm³: what a gas holds is given for its standard state.
bool IsMassInGas(const Unit& unit) {
  return unit.dimensions[static_cast<size_t>(Base::kMass)] > 0 &&
         unit.dimensions[static_cast<size_t>(Base::kNormalVolume)] < 0;
}

bool IsFuelGas(std::string_view name) {
  return Holds(name, "天然气") || Holds(name, "煤气") || Holds(name, "沼气") || Holds(name, "燃气") ||
         Holds(name, "氢气") || Holds(name, "氧气") || Holds(name, "氮气") || Holds(name, "气耗") ||
         Holds(name, "制氢") || Holds(name, "产氢") || Holds(name, "制氧") || Holds(name, "制氮") ||
         Holds(name, "产气");
}

Unit AsMassOfWater(const Unit& unit, Volume where) {
  constexpr double kKilogramsPerCubicMetre = 1000;
  static const Unit kVolume = *ParseUnit("m³");
  static const Unit kMass = *ParseUnit("kg");
  const int sign = where == Volume::kOver ? 1 : -1;
  Unit water = unit;
  for (size_t i = 0; i < kBaseCount; ++i)
    water.dimensions[i] =
        static_cast<int8_t>(water.dimensions[i] + sign * (kMass.dimensions[i] - kVolume.dimensions[i]));
  const double ratio = kKilogramsPerCubicMetre * kMass.factor / kVolume.factor;
  water.factor *= sign > 0 ? ratio : 1 / ratio;
  return water;
}

bool IsWaste(std::string_view text) {
  static const WordSet kWords{"污水", "废水", "水处理", "水耗", "水量", "用水", "节水", "耗水", "新水"};
  return kWords.IsIn(text);
}

}  // namespace duijie::indicator
