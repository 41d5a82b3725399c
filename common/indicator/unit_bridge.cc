// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/unit_bridge.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "common/indicator/holds.h"
#include "common/indicator/sieves.h"
#include "common/indicator/unit_forms.h"
#include "common/indicator/working_time.h"

namespace duijie::indicator {
namespace {

constexpr double kWaterPpm = 1e-3;  // kg/m³ of 1 ppm: 1 mg/L

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

// Yearly against daily output needs the working days, which nobody states.
bool MixesYears(const Indicator& a, const Indicator& b) {
  const auto yearly = [](const Indicator& i) {
    return Holds(i.name, "年") || Holds(i.unit, "/年") || Holds(i.unit, "/a");
  };
  return yearly(a) != yearly(b);
}

// A rise of 72 ℃ is one of 72 K.
bool IsTemperatureDifference(std::string_view name) {
  for (const std::string_view word :
       {"温升", "温差", "温漂", "过热度", "过冷度", "温降", "温度波动", "控温精度"}) {
    if (Holds(name, word)) return true;
  }
  return false;
}

bool IsPower(const Unit& unit) { return Convertible(unit, *ParseUnit("W")); }

using Conversion = double (*)(double, const Unit&, const Unit&);

Figures Converted(const Indicator& stated, const Unit& from, const Unit& to, Conversion convert) {
  Figures figures;
  figures.comparator = stated.comparator;
  figures.about = stated.is_about;
  const bool tolerance = stated.comparator == Comparator::kPlusMinus;
  const bool difference = stated.comparator == Comparator::kIncreaseBy ||
                          stated.comparator == Comparator::kDecreaseBy || (tolerance && stated.value == 0);
  const Conversion convert_value =
      difference || IsTemperatureDifference(stated.name) ? ConvertDifference : convert;
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
    from = AsPlainVolume(from);
    to = AsPlainVolume(to);
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

// 目 against μm by the sieve table.
std::optional<Figures> BySieve(const Indicator& stated, const Unit& from, const Unit& to) {
  if (IsMesh(to) && IsLength(from)) return Turned(Converted(stated, from, to, ToMesh));
  if (!IsMesh(from) || !IsLength(to)) return std::nullopt;
  const Figures length = Converted(stated, from, to, FromMesh);
  // 粒径小于325目: people mean the size of the sieve.
  const bool of_size = stated.comparator == Comparator::kAtMost && Holds(stated.name, "粒");
  return of_size ? length : Turned(length);
}

// ppm against mg/L where the text speaks of water.
std::optional<Figures> ByDilution(const Indicator& stated, const Indicator& target, const Unit& from,
                                  const Unit& to, std::string_view text) {
  if (!IsWater(target.name) && !IsWater(text)) return std::nullopt;
  const Unit mass_in_volume = *ParseUnit("mg/L");
  if (IsDimensionless(from) && stated.unit.starts_with("pp") && Convertible(to, mass_in_volume))
    return Converted(stated, from, to, PpmToMass);
  if (IsDimensionless(to) && target.unit.starts_with("pp") && Convertible(from, mass_in_volume))
    return Converted(stated, from, to, MassToPpm);
  return std::nullopt;
}

// Units without a piece, an item or a germ that goes without saying.
std::optional<Figures> WithoutSaying(const Indicator& stated, const Indicator& target, const Unit& from,
                                     const Unit& to) {
  if (const auto one = WithoutPiece(stated, target); one && Convertible(*one, to))
    return Converted(stated, *one, to, Convert);
  if (const auto one = WithoutPiece(target, stated); one && Convertible(from, *one))
    return Converted(stated, from, *one, Convert);
  if (const auto one = WithoutItem(from, stated); one && Convertible(*one, to))
    return Converted(stated, *one, to, Convert);
  if (const auto one = WithoutItem(to, target); one && Convertible(from, *one))
    return Converted(stated, from, *one, Convert);
  // 每台每分钟排风700立方米, 容积20万升/台: of one thing.
  if (const auto one = OfOne(from); one && Convertible(*one, to)) return Converted(stated, *one, to, Convert);
  // 每秒可检测15张图片 for 单张耗时.
  if (const auto rate = WithoutCounted(from); rate && IsInverse(*rate, to) && CanInvert(stated))
    return Turned(Converted(stated, *rate, to, Inverted));
  const std::string_view name = target.name;
  if (Holds(name, "菌") || Holds(name, "孢子") || Holds(name, "细胞")) {
    if (Convertible(WithoutGerms(from), WithoutGerms(to)))
      return Converted(stated, WithoutGerms(from), WithoutGerms(to), Convert);
  }
  // 日均用水9.5L/头 for 每头猪用水12升/天.
  if (Holds(stated.unit, "/头") || Holds(stated.unit, "/只") || Holds(stated.unit, "/个")) {
    Indicator one = stated;
    one.unit = stated.unit.substr(0, stated.unit.find('/'));
    if (const auto bare = WithImplied(one); bare && Convertible(*bare, to))
      return Converted(stated, *bare, to, Convert);
  }
  return std::nullopt;
}

bool IsMassInVolume(const Unit& unit) { return Convertible(unit, *ParseUnit("mg/L")); }

// Tonnes and cubic metres of water; what the names imply counts, too: 45升/公斤 for 吨布用水量60吨.
std::optional<Figures> OfWater(const Indicator& stated, const Indicator& target, const Unit& from,
                               const Unit& to, std::string_view text) {
  if (!IsWaste(target.name) && !IsWaste(stated.name) && !IsWaste(text)) return std::nullopt;
  // 废水甲醛10mg/L says nothing of the mg/kg of a leather.
  if (target.unit.ends_with("/kg") && !IsWater(target.name) && IsMassInVolume(from)) return std::nullopt;
  const double share = WorkingShare(stated, target, text);
  const auto scaled = [&](Unit unit) {
    unit.factor *= share;
    return unit;
  };
  for (const auto& [a, b] : {std::pair(from, to), std::pair(WithImplied(stated).value_or(from),
                                                            WithImplied(target).value_or(to))}) {
    for (const Volume where : {Volume::kOver, Volume::kUnder}) {
      if (const Unit mass = AsMassOfWater(a, where); Convertible(mass, b))
        return Converted(stated, scaled(mass), b, Convert);
      if (const Unit mass = AsMassOfWater(b, where); Convertible(a, mass))
        return Converted(stated, scaled(a), mass, Convert);
    }
  }
  return std::nullopt;
}

// Whether Nm³ and m³ are the same: of a gas that is bought and sold, of what a gas holds.
bool MeansNormalVolume(const Indicator& target, const Unit& from, const Unit& to) {
  return IsFuelGas(target.name) || IsMassInGas(from) || IsMassInGas(to);
}

// 日产4.8万个 is a rate: by what the names imply.
std::optional<Figures> ByNames(const Indicator& stated, const Indicator& target, Unit from, const Unit& to,
                               std::string_view text) {
  Indicator whole = stated;
  if (const std::string unit = ImpliedUnit(stated); !unit.empty()) whole.unit = unit;
  from = WithImplied(stated).value_or(from);
  Unit implied_to = WithImplied(target).value_or(to);
  if (MeansNormalVolume(target, from, implied_to)) {
    from = AsPlainVolume(from);
    implied_to = AsPlainVolume(implied_to);
  }
  if (Convertible(from, implied_to)) {
    from.factor *= WorkingShare(whole, target, text);
    return Converted(stated, from, implied_to, Convert);
  }
  if (IsInverse(from, implied_to) && CanInvert(stated))
    return Turned(Converted(stated, from, implied_to, Inverted));
  return std::nullopt;
}

// 纯度5N: five nines.
std::optional<Figures> OfNines(const Indicator& stated, const Indicator& target) {
  constexpr double kMostNines = 12;
  if (stated.unit != "N" || target.unit != "%" || !Holds(stated.name, "纯度")) return std::nullopt;
  const double nines = stated.value;
  if (nines < 1 || nines > kMostNines || nines != std::floor(nines) || stated.upper) return std::nullopt;
  Figures figures;
  figures.comparator = stated.comparator;
  figures.value = 100 * (1 - std::pow(10.0, -nines));
  return figures;
}

// dBm against W, both ways: ten times the logarithm of milliwatts.
std::optional<Figures> ByDecibelMilliwatts(const Indicator& stated, const Indicator& target, const Unit& from,
                                           const Unit& to) {
  constexpr double kMilliwatt = 1e-3;
  const bool to_watts = stated.unit == "dBm" && IsPower(to);
  const bool from_watts = target.unit == "dBm" && IsPower(from) && stated.value > 0;
  const bool plain = stated.comparator != Comparator::kPlusMinus &&
                     stated.comparator != Comparator::kIncreaseBy &&
                     stated.comparator != Comparator::kDecreaseBy;
  if (!plain || to_watts == from_watts) return std::nullopt;
  const auto convert = [&](double value) {
    return to_watts ? std::pow(10.0, value / 10) * kMilliwatt / to.factor
                    : 10 * std::log10(value * from.factor / kMilliwatt);
  };
  Figures figures{stated.comparator, convert(stated.value), std::nullopt, stated.is_about};
  if (stated.upper) figures.upper = convert(*stated.upper);
  return figures;
}

std::optional<Figures> ConvertUnits(const Indicator& stated, const Indicator& target, std::string_view text) {
  const std::string_view name = target.name;
  if (auto pure = OfNines(stated, target)) return pure;
  auto from = ParseUnit(UnitOf(stated, target), stated.name.empty() ? name : std::string_view(stated.name));
  const auto to = ParseUnit(UnitOf(target, stated), name);
  if (!from || !to) return std::nullopt;
  if (auto power = ByDecibelMilliwatts(stated, target, *from, *to)) return power;
  // 度 is of what the other unit says.
  if (!Convertible(*from, *to)) {
    const auto other = ParseUnit(stated.unit, name);
    if (other && Convertible(*other, *to)) from = other;
  }
  if (IsBarePercent(stated, target)) return Converted(stated, *to, *to, Convert);
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
  if (auto sieved = BySieve(stated, *from, *to)) return sieved;
  if (MeansNormalVolume(target, *from, *to) && Convertible(AsPlainVolume(*from), AsPlainVolume(*to)))
    return Converted(stated, AsPlainVolume(*from), AsPlainVolume(*to), Convert);
  if (auto diluted = ByDilution(stated, target, *from, *to, text)) return diluted;
  if (MixesYears(stated, target)) return ByDaysOfYear(stated, target, text);
  if (auto bare = WithoutSaying(stated, target, *from, *to)) return bare;
  if (auto water = OfWater(stated, target, *from, *to, text)) return water;
  return ByNames(stated, target, *from, *to, text);
}

}  // namespace

std::string NumberText(double value) {
  constexpr int kDigits = 6;  // significant
  constexpr double kShort = 1e6;
  std::array<char, 32> buffer{};
  if (value == std::trunc(value) && std::abs(value) < kShort) return std::to_string(static_cast<int>(value));
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
