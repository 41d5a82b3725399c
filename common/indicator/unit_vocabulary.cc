// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the vocabulary of units from the rows of unit_table.cc.
#include <algorithm>
#include <vector>

#include "common/indicator/runes.h"
#include "common/indicator/unit_parser.h"
#include "common/indicator/unit_table.h"

namespace duijie::indicator {
namespace {

constexpr double kGram = 1e-3;  // the base of mass is the kilogram

std::vector<std::string_view> SplitNames(std::string_view names) {
  std::vector<std::string_view> parts;
  while (!names.empty()) {
    const size_t bar = std::min(names.find('|'), names.size());
    parts.push_back(names.substr(0, bar));
    names.remove_prefix(std::min(bar + 1, names.size()));
  }
  return parts;
}

char32_t LowerLatin(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }

void AddName(std::u32string name, const Unit& unit, UnitVocabulary* vocabulary) {
  std::u32string lower = name;
  std::transform(lower.begin(), lower.end(), lower.begin(), LowerLatin);
  for (const char32_t first : {name.front(), lower.front()}) {
    size_t& longest = vocabulary->longest[first];
    longest = std::max(longest, name.size());
  }
  // Names without prefix come first in the table and keep their meaning: min is a minute, not a milli-inch.
  vocabulary->exact.emplace(std::move(name), unit);
  vocabulary->caseless.emplace(std::move(lower), unit);
}

struct NamedUnit {
  std::u32string name;
  Unit unit;
};

void AddPrefixed(std::string_view name, const Unit& unit, std::string_view prefixes,
                 std::vector<NamedUnit>* prefixed) {
  const std::u32string folded = ToFolded(name);
  const std::u32string allowed = ToFolded(prefixes);
  for (const PrefixRow& row : PrefixRows()) {
    const std::u32string prefix = ToFolded(row.prefix);
    const bool same_script = IsHan(prefix.front()) == IsHan(folded.front());
    if (!same_script || allowed.find(prefix.front()) == std::u32string::npos) continue;
    Unit scaled = unit;
    scaled.factor *= row.factor;
    prefixed->push_back({prefix + folded, scaled});
  }
}

// A row's names at once, so that later rows can be defined by them; prefixed names give way to plain ones.
void AddRow(std::string_view names, const Unit& unit, std::string_view prefixes, UnitVocabulary* vocabulary) {
  std::vector<NamedUnit> prefixed;
  for (const std::string_view name : SplitNames(names)) {
    AddName(ToFolded(name), unit, vocabulary);
    AddPrefixed(name, unit, prefixes, &prefixed);
  }
  for (NamedUnit& named : prefixed) AddName(std::move(named.name), named.unit, vocabulary);
}

void AddDerived(UnitVocabulary* vocabulary) {
  for (const DerivedUnitRow& row : DerivedUnitRows()) {
    Unit unit;
    if (!row.definition.empty()) {
      const auto parsed = ParseUnitPrefix(ToFolded(row.definition), *vocabulary);
      if (parsed) unit = parsed->unit;
    }
    unit.factor *= row.factor;
    AddRow(row.names, unit, row.prefixes, vocabulary);
  }
}

Unit Basic(Base base) {
  Unit unit;
  unit.dimensions[static_cast<size_t>(base)] = 2;
  return unit;
}

void AddTemperatures(UnitVocabulary* vocabulary) {
  for (const TemperatureRow& row : TemperatureRows()) {
    Unit unit = Basic(Base::kTemperature);
    unit.factor = row.factor;
    unit.offset = row.offset;
    AddRow(row.names, unit, "", vocabulary);
  }
}

void SetPreferredCase(UnitVocabulary* vocabulary) {
  for (const std::string_view name : PreferredCase()) {
    std::u32string folded = ToFolded(name);
    const auto found = vocabulary->exact.find(folded);
    if (found == vocabulary->exact.end()) continue;
    std::transform(folded.begin(), folded.end(), folded.begin(), LowerLatin);
    vocabulary->caseless.insert_or_assign(folded, found->second);
  }
}

UnitVocabulary Build() {
  UnitVocabulary vocabulary;
  for (const BaseUnitRow& row : BaseUnitRows()) {
    Unit unit = Basic(row.base);
    if (row.names == "g" || row.names == "克") unit.factor = kGram;
    AddRow(row.names, unit, row.prefixes, &vocabulary);
  }
  AddTemperatures(&vocabulary);
  AddDerived(&vocabulary);
  SetPreferredCase(&vocabulary);
  for (const std::string_view name : OnlyInCompounds()) vocabulary.only_in_compounds.insert(ToFolded(name));
  for (const std::string_view word : Qualifiers()) {
    const auto inserted = vocabulary.qualifiers.insert(ToFolded(word)).first;
    vocabulary.longest_qualifier = std::max(vocabulary.longest_qualifier, inserted->size());
  }
  return vocabulary;
}

}  // namespace

const UnitVocabulary& Vocabulary() {
  static const UnitVocabulary vocabulary = Build();
  return vocabulary;
}

}  // namespace duijie::indicator
