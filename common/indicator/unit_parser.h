// SPDX-License-Identifier: GPL-3.0-or-later
// The grammar of units.h over the names of unit_table.h. Private to common/indicator.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "common/indicator/units.h"

namespace duijie::indicator {

struct RuneHash {
  using is_transparent = void;
  size_t operator()(std::u32string_view runes) const { return std::hash<std::u32string_view>{}(runes); }
};
using UnitNames = std::unordered_map<std::u32string, Unit, RuneHash, std::equal_to<>>;
using RuneSet = std::unordered_set<std::u32string, RuneHash, std::equal_to<>>;

struct UnitVocabulary {
  UnitNames exact;
  UnitNames caseless;  // Latin names in lower case
  RuneSet only_in_compounds;
  RuneSet qualifiers;
  std::unordered_map<char32_t, size_t> longest;  // code points of the longest name that starts so
  size_t longest_qualifier = 0;                  // code points
};

// Built at the first call.
const UnitVocabulary& Vocabulary();

struct ParsedUnit {
  Unit unit;
  size_t length = 0;         // code points read
  bool lone = false;         // one name without power, multiplier and denominator
  std::u32string_view name;  // the first name
};

// The longest unit at the start of `text` (folded). nullopt if there is none.
std::optional<ParsedUnit> ParseUnitPrefix(std::u32string_view text, const UnitVocabulary& vocabulary);

}  // namespace duijie::indicator
