// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/unit_bridge.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "common/indicator/sieves.h"
#include "common/indicator/units.h"
#include "common/indicator/working_time.h"

namespace duijie::indicator {
namespace {

constexpr double kWaterPpm = 1e-3;  // kg/m³ of 1 ppm: 1 mg/L

struct Implied {
  std::string_view word;
  std::string_view per;
};
constexpr std::array<Implied, 32> kImplied = {
    {{"节拍", "/件"},   {"人均日", "/人/天"},  {"人均班", "/人/班"}, {"转速", "/分"},
     {"转数", "/分"},   {"克重", "/m²"},       {"日作业", "/天"},    {"日加工", "/天"},
     {"台时", "/小时"}, {"小时处理", "/小时"}, {"小时产", "/小时"},  {"亩产", "/亩"},
     {"日处理", "/天"}, {"日产", "/天"},       {"年处理", "/年"},    {"年产", "/年"},
     {"年消纳", "/年"}, {"时产", "/小时"},     {"班产", "/班"},      {"年节", "/年"},
     {"年停", "/年"},   {"年减", "/年"},       {"吨水", "/吨"},      {"吨钢", "/吨"},
     {"单件", "/件"},   {"单位面积", "/m²"},   {"月产", "/月"},      {"吨产品", "/吨"},
     {"吨处理", "/吨"}, {"亩均", "/亩"},       {"头均", "/头"},      {"日均", "/天"}}};

// Words that begin a name.
constexpr std::array<Implied, 4> kLeading = {{{"吨", "/吨"}, {"亩", "/亩"}, {"日", "/天"}, {"年", "/年"}}};

bool Holds(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

Base BaseOf(const Unit& unit) {
  for (size_t i = 0; i < kBaseCount; ++i) {
    if (unit.dimensions[i] != 0) return static_cast<Base>(i);
  }
  return Base::kHaze;
}

bool IsMesh(const Unit& unit) { return BaseOf(unit) == Base::kMesh; }

bool IsLength(const Unit& unit) {
  return BaseOf(unit) == Base::kLength && unit.dimensions[static_cast<size_t>(Base::kLength)] == 2;
}

bool IsWater(std::string_view text) { return Holds(text, "水") || Holds(text, "液") || Holds(text, "沉淀"); }

// The unit with what the name implies: 亩产 550 公斤 is 公斤/亩.
std::optional<Unit> WithImplied(const Indicator& indicator) {
  if (indicator.unit.find('/') != std::string::npos) return std::nullopt;
  for (const Implied& implied : kImplied) {
    if (Holds(indicator.name, implied.word))
      return ParseUnit(indicator.unit + std::string(implied.per), indicator.name);
  }
  for (const Implied& leading : kLeading) {
    if (indicator.name.starts_with(leading.word))
      return ParseUnit(indicator.unit + std::string(leading.per), indicator.name);
  }
  return std::nullopt;
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

bool IsBarePercent(const Indicator& a, const Indicator& b) {
  constexpr double kLeast = 2;  // below it a pure number may be a share
  const Indicator& bare = a.unit.empty() ? a : b;
  const Indicator& percent = a.unit.empty() ? b : a;
  return bare.unit.empty() && percent.unit == "%" && bare.value >= kLeast;
}

// 约28.5万 where money is asked for.
bool IsBareMoney(const Indicator& figure, const Indicator& other) {
  return (figure.unit == "万" || figure.unit == "亿") && Holds(other.unit, "元");
}

// 分子量100万 is in Da.
bool IsBareMolecular(const Indicator& figure) {
  return (figure.unit.empty() || figure.unit == "万") &&
         (Holds(figure.name, "分子量") || Holds(figure.name, "分子质量"));
}

std::string_view UnitOf(const Indicator& figure, const Indicator& other) {
  if (IsBareMolecular(figure)) return figure.unit.empty() ? "Da" : "万Da";
  if (IsBareMoney(figure, other)) return figure.unit == "万" ? "万元" : "亿元";
  if (!figure.unit.empty()) return figure.unit;
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

// m³ of a gas are meant as Nm³.
Unit AsNormalVolume(Unit unit) {
  constexpr auto kLength = static_cast<size_t>(Base::kLength);
  const Unit volume = *ParseUnit("m³");
  const Unit normal = *ParseUnit("Nm³");
  if (unit.dimensions[kLength] != volume.dimensions[kLength]) return unit;
  unit.dimensions[kLength] = 0;
  unit.dimensions[static_cast<size_t>(Base::kNormalVolume)] =
      normal.dimensions[static_cast<size_t>(Base::kNormalVolume)];
  unit.factor *= normal.factor / volume.factor;
  return unit;
}
bool IsFuelGas(std::string_view name) {
  return Holds(name, "天然气") || Holds(name, "煤气") || Holds(name, "沼气") || Holds(name, "燃气") ||
         Holds(name, "氢气") || Holds(name, "氧气") || Holds(name, "氮气") || Holds(name, "气耗");
}

// Of water, tonnes and cubic metres are the same.
std::optional<Unit> AsMassOfWater(const Unit& unit) {
  constexpr double kKilogramsPerCubicMetre = 1000;
  const Unit volume = *ParseUnit("m³");
  const Unit mass = *ParseUnit("kg");
  constexpr auto kLength = static_cast<size_t>(Base::kLength);
  const int sign = unit.dimensions[kLength] == volume.dimensions[kLength]    ? 1
                   : unit.dimensions[kLength] == -volume.dimensions[kLength] ? -1  // 元/m³
                                                                             : 0;
  if (sign == 0) return std::nullopt;
  Unit water = unit;
  for (size_t i = 0; i < kBaseCount; ++i)
    water.dimensions[i] =
        static_cast<int8_t>(water.dimensions[i] + sign * (mass.dimensions[i] - volume.dimensions[i]));
  const double ratio = kKilogramsPerCubicMetre * mass.factor / volume.factor;
  water.factor *= sign > 0 ? ratio : 1 / ratio;
  return water;
}

bool IsWaste(std::string_view text) {
  return Holds(text, "污水") || Holds(text, "废水") || Holds(text, "水处理") || Holds(text, "水耗") ||
         Holds(text, "水量") || Holds(text, "用水") || Holds(text, "节水") || Holds(text, "耗水") ||
         Holds(text, "新水");
}

// Yearly against daily output needs the working days, which nobody states.
bool MixesYears(const Indicator& a, const Indicator& b) {
  const auto yearly = [](const Indicator& i) {
    return Holds(i.name, "年") || Holds(i.unit, "/年") || Holds(i.unit, "/a");
  };
  return yearly(a) != yearly(b);
}

using Conversion = double (*)(double, const Unit&, const Unit&);

Figures Converted(const Indicator& stated, const Unit& from, const Unit& to, Conversion convert) {
  Figures figures;
  figures.comparator = stated.comparator;
  figures.about = stated.is_about;
  const bool tolerance = stated.comparator == Comparator::kPlusMinus;
  const bool difference = stated.comparator == Comparator::kIncreaseBy ||
                          stated.comparator == Comparator::kDecreaseBy || (tolerance && stated.value == 0);
  const Conversion convert_value = difference ? ConvertDifference : convert;
  figures.value = convert_value(stated.value, from, to);
  if (stated.upper) figures.upper = (tolerance ? ConvertDifference : convert_value)(*stated.upper, from, to);
  return figures;
}

double ToMesh(double value, const Unit& from, const Unit&) {
  return MicrometresToMesh(value * from.factor * 1e6);
}
double FromMesh(double value, const Unit&, const Unit& to) {
  return MeshToMicrometres(value) * 1e-6 / to.factor;
}
double PpmToMass(double value, const Unit& from, const Unit& to) {
  return value * from.factor * 1e6 * kWaterPpm / to.factor;
}
double MassToPpm(double value, const Unit& from, const Unit& to) {
  return value * from.factor / kWaterPpm * 1e-6 / to.factor;
}

// Finer mesh is smaller: the order of bounds turns.
Figures Turned(Figures figures) {
  if (figures.comparator == Comparator::kAtLeast) {
    figures.comparator = Comparator::kAtMost;
  } else if (figures.comparator == Comparator::kAtMost) {
    figures.comparator = Comparator::kAtLeast;
  } else if (figures.upper && *figures.upper < figures.value) {
    std::swap(figures.value, *figures.upper);
  }
  return figures;
}

// 1.5秒/件 is 2400件/小时: one over the other.
bool IsInverse(const Unit& from, const Unit& to) {
  if (from.dimensions[static_cast<size_t>(Base::kTime)] == 0 || from.offset != 0 || to.offset != 0)
    return false;
  for (size_t i = 0; i < kBaseCount; ++i) {
    if (from.dimensions[i] != -to.dimensions[i]) return false;
  }
  return true;
}

double Inverted(double value, const Unit& from, const Unit& to) {
  return 1 / (value * from.factor) / to.factor;
}

bool CanInvert(const Indicator& stated) {
  return stated.value > 0 && (!stated.upper || *stated.upper > 0) &&
         stated.comparator != Comparator::kPlusMinus && stated.comparator != Comparator::kIncreaseBy &&
         stated.comparator != Comparator::kDecreaseBy;
}

std::string Ends(double value, const std::optional<double>& upper, Comparator comparator,
                 std::string_view unit) {
  std::string text = NumberText(value);
  if (upper) text += (comparator == Comparator::kPlusMinus ? "±" : "～") + NumberText(*upper);
  return text + " " + std::string(unit);
}

bool IsPerDay(std::string_view unit) {
  return unit.ends_with("/天") || unit.ends_with("/日") || unit.ends_with("/d");
}
bool IsPerHour(std::string_view unit) {
  return unit.ends_with("/小时") || unit.ends_with("/h") || unit.ends_with("/时");
}

// Between hours and days by the hours worked.
double WorkingShare(const Indicator& stated, const Indicator& target, std::string_view text) {
  constexpr double kHours = 24;
  if (IsPerHour(stated.unit) && IsPerDay(target.unit)) return HoursOfDay(text) / kHours;
  if (IsPerDay(stated.unit) && IsPerHour(target.unit)) return kHours / HoursOfDay(text);
  return 1;
}

// Yearly output against daily, by the days that the text states.
std::optional<Figures> ByDaysOfYear(const Indicator& stated, const Indicator& target, std::string_view text) {
  constexpr double kDays = 365.25;  // of the unit 年
  const double days = DaysOfYear(text);
  const auto own_from = ParseUnit(stated.unit, stated.name);
  const auto own_to = ParseUnit(target.unit, target.name);
  if (days == 0 || !own_from || !own_to) return std::nullopt;
  Unit from = WithImplied(stated).value_or(*own_from);
  Unit to = WithImplied(target).value_or(*own_to);
  if (IsFuelGas(target.name)) {
    from = AsNormalVolume(from);
    to = AsNormalVolume(to);
  }
  // 年节约天然气100万立方米: the year stands in the name alone.
  const Unit year = *ParseUnit("年");
  if (Holds(target.name, "年") && to.dimensions[static_cast<size_t>(Base::kTime)] == 0) {
    to.dimensions[static_cast<size_t>(Base::kTime)] =
        static_cast<int8_t>(-year.dimensions[static_cast<size_t>(Base::kTime)]);
    to.factor /= year.factor;
  }
  if (!Convertible(from, to)) return std::nullopt;
  const bool yearly = Holds(stated.name, "年") || Holds(stated.unit, "/年") || Holds(stated.unit, "/a");
  from.factor *= yearly ? kDays / days : days / kDays;
  return Converted(stated, from, to, Convert);
}

// 年产能 10000 吨 against 日产 30 吨: the same unit for different times.
bool ImpliesOther(const Indicator& stated, const Indicator& target) {
  const auto from = WithImplied(stated);
  const auto to = WithImplied(target);
  if (!from || !to || !Convertible(*from, *to)) return false;
  return std::abs(from->factor - to->factor) > 1e-9 * to->factor;
}

std::optional<Figures> ConvertUnits(const Indicator& stated, const Indicator& target, std::string_view text) {
  const std::string_view name = target.name;
  auto from = ParseUnit(UnitOf(stated, target), stated.name.empty() ? name : std::string_view(stated.name));
  const auto to = ParseUnit(UnitOf(target, stated), name);
  if (!from || !to) return std::nullopt;
  // 度 is of what the other unit says.
  if (!Convertible(*from, *to)) {
    const auto other = ParseUnit(stated.unit, name);
    if (other && Convertible(*other, *to)) from = other;
  }
  // 白度83.5% where 80 is asked for: one number, written with and without its sign.
  if (IsBarePercent(stated, target)) {
    Indicator bare = stated;
    bare.unit = target.unit;
    return Converted(bare, *to, *to, Convert);
  }
  if (ImpliesOther(stated, target)) {
    if (MixesYears(stated, target)) return ByDaysOfYear(stated, target, text);
    return Converted(stated, *WithImplied(stated), *WithImplied(target), Convert);
  }
  if (Convertible(*from, *to)) {
    Unit scaled = *from;
    scaled.factor *= WorkingShare(stated, target, text);
    return Converted(stated, scaled, *to, Convert);
  }
  if (IsInverse(*from, *to) && CanInvert(stated)) return Turned(Converted(stated, *from, *to, Inverted));
  if (IsMesh(*to) && IsLength(*from)) return Turned(Converted(stated, *from, *to, ToMesh));
  if (IsMesh(*from) && IsLength(*to)) {
    const Figures length = Converted(stated, *from, *to, FromMesh);
    // 粒径小于325目: people mean the size of the sieve.
    const bool of_size = stated.comparator == Comparator::kAtMost && Holds(stated.name, "粒");
    return of_size ? length : Turned(length);
  }
  if (IsFuelGas(name) && Convertible(AsNormalVolume(*from), AsNormalVolume(*to)))
    return Converted(stated, AsNormalVolume(*from), AsNormalVolume(*to), Convert);
  const Unit mass_in_volume = *ParseUnit("mg/L");
  const bool water = IsWater(name) || IsWater(text);
  if (water && IsDimensionless(*from) && stated.unit.starts_with("pp") && Convertible(*to, mass_in_volume)) {
    return Converted(stated, *from, *to, PpmToMass);
  }
  if (water && IsDimensionless(*to) && target.unit.starts_with("pp") && Convertible(*from, mass_in_volume)) {
    return Converted(stated, *from, *to, MassToPpm);
  }
  if (MixesYears(stated, target)) return ByDaysOfYear(stated, target, text);
  if (const auto one = WithoutPiece(stated, target); one && Convertible(*one, *to))
    return Converted(stated, *one, *to, Convert);
  if (const auto one = WithoutPiece(target, stated); one && Convertible(*from, *one))
    return Converted(stated, *from, *one, Convert);
  if (const auto one = WithoutItem(*from, stated); one && Convertible(*one, *to))
    return Converted(stated, *one, *to, Convert);
  if (const auto one = WithoutItem(*to, target); one && Convertible(*from, *one))
    return Converted(stated, *from, *one, Convert);
  if (Holds(name, "菌") || Holds(name, "孢子") || Holds(name, "细胞")) {
    if (Convertible(WithoutGerms(*from), WithoutGerms(*to)))
      return Converted(stated, WithoutGerms(*from), WithoutGerms(*to), Convert);
  }
  if (IsWaste(name) || IsWaste(stated.name) || IsWaste(text)) {
    const double share = WorkingShare(stated, target, text);
    const auto scaled = [&](Unit unit) {
      unit.factor *= share;
      return unit;
    };
    // 45升/公斤 for 吨布用水量60吨: what the names imply counts, too.
    for (const auto& [a, b] : {std::pair(*from, *to), std::pair(WithImplied(stated).value_or(*from),
                                                                WithImplied(target).value_or(*to))}) {
      if (const auto mass = AsMassOfWater(a); mass && Convertible(*mass, b))
        return Converted(stated, scaled(*mass), b, Convert);
      if (const auto mass = AsMassOfWater(b); mass && Convertible(a, *mass))
        return Converted(stated, scaled(a), *mass, Convert);
    }
  }
  // 日均用水9.5L/头 for 每头猪用水12升/天: the head goes without saying.
  if (stated.unit.find("/头") != std::string::npos || stated.unit.find("/只") != std::string::npos) {
    Indicator one = stated;
    one.unit = stated.unit.substr(0, stated.unit.find('/'));
    if (const auto bare = WithImplied(one); bare && Convertible(*bare, *to))
      return Converted(stated, *bare, *to, Convert);
  }
  const Unit implied_from = WithImplied(stated).value_or(*from);
  const Unit implied_to = WithImplied(target).value_or(*to);
  if (Convertible(implied_from, implied_to)) return Converted(stated, implied_from, implied_to, Convert);
  if (IsInverse(implied_from, implied_to) && CanInvert(stated))
    return Turned(Converted(stated, implied_from, implied_to, Inverted));
  return std::nullopt;
}

}  // namespace

std::string NumberText(double value) {
  constexpr int kDigits = 6;  // significant
  std::array<char, 32> buffer{};
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, kDigits);
  return {buffer.data(), written.ptr};
}

std::optional<Bridged> Bridge(const Indicator& stated, const Indicator& target, std::string_view text) {
  Bridged bridged;
  if (stated.unit == target.unit && !ImpliesOther(stated, target)) {
    bridged.figures = {stated.comparator, stated.value, stated.upper, stated.is_about};
    return bridged;
  }
  const auto figures = ConvertUnits(stated, target, text);
  if (!figures) return std::nullopt;
  bridged.figures = *figures;
  bridged.conversion = Ends(stated.value, stated.upper, stated.comparator, stated.unit) + " = " +
                       Ends(figures->value, figures->upper, figures->comparator, target.unit);
  return bridged;
}

}  // namespace duijie::indicator
