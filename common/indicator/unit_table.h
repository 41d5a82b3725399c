// SPDX-License-Identifier: GPL-3.0-or-later
// The units that are known, as data. Private to common/indicator.
#pragma once

#include <span>
#include <string_view>

#include "common/indicator/units.h"

namespace duijie::indicator {

// `names` are separated by '|'. `prefixes` may stand before a name: Latin ones before names of Latin or Greek
// letters, Chinese ones before Chinese names.
struct BaseUnitRow {
  std::string_view names;
  Base base;
  std::string_view prefixes;
};
// `definition` is a unit of rows above, of which this one is `factor`.
struct DerivedUnitRow {
  std::string_view names;
  double factor;
  std::string_view definition;
  std::string_view prefixes;
};
struct PrefixRow {
  std::string_view prefix;
  double factor;
};
struct TemperatureRow {
  std::string_view names;
  double factor;
  double offset;  // kelvin
};
// What `spelling` means where the quantity's name holds one of `words` ('|' between them).
struct HintRow {
  std::string_view spelling;
  std::string_view words;
  std::string_view meaning;
};

std::span<const PrefixRow> PrefixRows();
std::span<const BaseUnitRow> BaseUnitRows();
std::span<const DerivedUnitRow> DerivedUnitRows();
std::span<const TemperatureRow> TemperatureRows();
std::span<const HintRow> HintRows();
// What is measured, written right behind a unit: kgCOD, 吨熟料, %LEL. Read over.
std::span<const std::string_view> Qualifiers();
// Spellings in other case that stand for a unit although another reading has the same letters: mpa is MPa.
std::span<const std::string_view> PreferredCase();
// Names that are units only after "/" or beside other units: 分 alone is a mark, h a letter.
std::span<const std::string_view> OnlyInCompounds();

}  // namespace duijie::indicator
