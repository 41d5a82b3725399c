// SPDX-License-Identifier: GPL-3.0-or-later
// Units of measure as people write them in Chinese technical texts: what they measure, and how one converts
// to another. The units are data in unit_table.cc.
//
//   unit    = [multiplier] power { ("·" | "*" | "×" | ".") power } { ("/" | "每") [integer] per }
//   per     = power { "·" power } | "(" power { "·" power } ")"
//   power   = name [ "²" | "³" | "⁻¹" | "^2" | "^-1" | "^1/2" | "^0.5" | "2" | "3" | "-1" … ]
//   multiplier = 十 百 千 万 亿 and their products, as in 万吨, 百万次
//
// Everything after the first "/" divides: W/m·K is W/(m·K), which is what people mean by it. A name is looked
// for as written first and without case second (KW, mpa), the commoner reading winning.
//
// Thread-safe: the table is built once, at the first call, and immutable then. Nothing throws on any bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace duijie::indicator {

// What a unit is made of. Beside the seven of the SI: what cannot be converted to anything else (hardness
// scales, mesh, currency) is a base of its own, so that it converts to itself only.
enum class Base : uint8_t {
  kLength,
  kMass,
  kTime,
  kCurrent,
  kTemperature,
  kAmount,
  kLuminous,
  kAngle,
  kCycle,         // 次, 转, r; 1 Hz is one a second
  kItem,          // 件, 台, 套, 个 …
  kNormalVolume,  // Nm³: a volume of gas at standard conditions
  kYuan,
  kDollar,
  kData,   // bit
  kLevel,  // dB, dB(A)
  kMesh,   // 目
  kPixel,
  kAcidity,   // pH
  kActivity,  // U of an enzyme
  kColony,    // CFU
  kRate,      // C of a battery
  kGrade,     // 级
  kRockwellA,
  kRockwellB,
  kRockwellC,
  kBrinell,
  kVickers,
  kShoreA,
  kShoreD,
  kLeeb,
  kPoint,   // 百分点
  kPerson,  // 人, 名
  kBasePair,
  kTurbidity,
  kPendulum,  // BPN of a floor
  kThorner,   // °T of milk
  kHaze,      // 度 of a scale that the text does not name
};
inline constexpr size_t kBaseCount = static_cast<size_t>(Base::kHaze) + 1;

inline constexpr size_t kMaxUnitRunes = 32;  // code points of one unit; longer strings are no units
inline constexpr int kMaxPower = 6;          // of one base

// Twice the power of each base, so that MPa·m^1/2 has whole numbers; a multiple of 16 of them, the last ones
// always 0, so that processors take many at once.
inline constexpr size_t kDimensions = (kBaseCount + 15) / 16 * 16;
using Dimensions = std::array<int8_t, kDimensions>;

// base value = value * factor + offset. Only temperatures have an offset, and only where they stand alone.
struct Unit {
  Dimensions dimensions{};
  double factor = 1;
  double offset = 0;
};

// The unit of a whole string; "" is the unit of pure numbers. `quantity`, the name of what is measured,
// decides between readings of 度 (angle, temperature, electric energy) and T (tonne, tesla). nullopt if it is
// none.
std::optional<Unit> ParseUnit(std::string_view text, std::string_view quantity = {});

bool IsDimensionless(const Unit& unit);
bool Convertible(const Unit& from, const Unit& to);

// Both require Convertible. A difference (a tolerance, a rise by) leaves the offset out: 2 K for 2 ℃.
double Convert(double value, const Unit& from, const Unit& to);
double ConvertDifference(double value, const Unit& from, const Unit& to);

// The longest unit that `text` (folded, see runes.h) starts with: its length in code points, 0 if none. A
// unit of Latin letters does not end inside a word.
size_t UnitLength(std::u32string_view text);

}  // namespace duijie::indicator
