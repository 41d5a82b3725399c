// SPDX-License-Identifier: GPL-3.0-or-later
// What judging needs to know of every stated indicator, worked out once. Private to common/indicator.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/indicator/compare.h"
#include "common/indicator/counted_shares.h"
#include "common/indicator/extraction.h"
#include "common/indicator/name_words.h"
#include "common/indicator/units.h"

namespace duijie::indicator {

// A figure that the thing stands: 可在350℃下长期使用, 经1500小时盐雾试验无锈蚀.
struct Endured {
  Indicator figure;
  std::optional<Unit> unit;
  std::string_view sentence;
  std::string_view behind;  // the rest of its clause
  bool is_named = false;    // by a word that is no quantity: 电堆可在-35℃自启动
};

// A figure that a phrase may tell, and whether its name is that of a quantity.
enum class ToldAs : uint8_t { kIndicator, kCount, kShare, kCondition };
struct Told {
  ToldAs as;
  size_t index;  // in the indicators, counts, shares or endured figures
  Unit unit;
  bool names_quantity;
  TextSpan clause;
  size_t clause_number;  // in the clauses
};

struct StatedFacts {
  const NameTable* names = nullptr;    // the table they were made with
  std::vector<PreparedName> prepared;  // one for each indicator
  // The name with the words before its 的, 农药残留去除率 of 对农药残留的去除率; absent where there are none.
  std::vector<std::optional<PreparedName>> owned;
  std::vector<Endured> endured;
  std::vector<Indicator> counts;  // figures that are no indicators by themselves, see extraction.h
  std::vector<PreparedName> prepared_counts;
  std::vector<CountedShare> shares;  // that two counts tell
  std::vector<Told> told;            // those of a known unit, none twice
  std::vector<Runes32> clauses;      // of what is told, folded, each once: figures may share a long one
  Runes32 text_runes;                // folded; empty where nothing is told
  Runes32 subject;                   // their words that say of what the text is
};

StatedFacts WorkOutFacts(std::string_view text, const std::vector<Indicator>& indicators, OtherFigures others,
                         const NameTable& names);

// A plan, a rival's or former product's figure: never evidence.
bool IsUnusable(std::string_view text, const Indicator& indicator);

std::string_view Part(std::string_view text, TextSpan span);

}  // namespace duijie::indicator
