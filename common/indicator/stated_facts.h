// SPDX-License-Identifier: GPL-3.0-or-later
// What judging needs to know of every stated indicator, worked out once. Private to common/indicator.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/indicator/compare.h"
#include "common/indicator/counted_shares.h"
#include "common/indicator/extraction.h"
#include "common/indicator/figure_places.h"
#include "common/indicator/loose_figures.h"
#include "common/indicator/name_words.h"
#include "common/indicator/units.h"

namespace duijie::indicator {

// A figure that the thing stands: 可在350℃下长期使用, 经1500小时盐雾试验无锈蚀.
struct Endured {
  Indicator figure;
  std::optional<Unit> unit;
  std::string_view sentence;
  std::string_view behind;  // the rest of its clause
  std::string_view around;  // this and a few words before the figure
  bool is_named = false;    // by a word that is no quantity: 电堆可在-35℃自启动
};

// A figure that a phrase may tell, and whether its name is that of a quantity.
enum class ToldAs : uint8_t { kIndicator, kCount, kShare, kCondition, kLoose };
struct Told {
  ToldAs as;
  size_t index;  // in the indicators, counts, shares, endured or loose figures
  Unit unit;
  bool names_quantity;
  Runes32 name_characters;   // of its name, those that mean something, see name_words.h
  Runes32 owner_characters;  // of the words that say whose it is
  uint64_t opposite_sides;   // of its name
};

// By how much something falls or rises, as a figure says or its name does (能耗降低率 20 %).
struct ToldChange {
  Indicator change;
  PreparedName name;
};
// nullopt where there is none.
std::optional<ToldChange> ChangeOf(std::optional<Indicator> change, const NameTable& names);

struct StatedFacts {
  const NameTable* names = nullptr;    // the table they were made with
  std::vector<PreparedName> prepared;  // one for each indicator
  // The name with the words before its 的, 农药残留去除率 of 对农药残留的去除率; absent where there are none.
  std::vector<std::optional<PreparedName>> owned;
  std::vector<uint64_t> owner_decisive;  // rows of the decisive words of who has it, one for each indicator
  std::vector<Endured> endured;
  std::vector<Indicator> counts;  // figures that are no indicators by themselves, see extraction.h
  std::vector<PreparedName> prepared_counts;
  std::vector<CountedShare> shares;  // that two counts tell
  std::vector<PreparedName> prepared_shares;
  std::vector<PreparedName> prepared_endured;
  std::vector<LooseFigure> loose;
  PreparedName nameless;                           // of the loose figures
  std::vector<Told> told;                          // those of a known unit, none twice
  std::vector<std::optional<ToldChange>> changes;  // one for each indicator
  FigurePlaces places;                             // of all these
  // Empty where nothing is told.
  Runes32 letters;                      // of the text, folded, sorted, each once
  std::vector<uint64_t> subject_pairs;  // of its words that say of what it is, see PairsIn
  Runes32 subject;                      // these words, where they are too few for pairs
};

// Each two code points in a row as one number, sorted, each once.
std::vector<uint64_t> PairsIn(View32 words);

StatedFacts WorkOutFacts(std::string_view text, const std::vector<Indicator>& indicators, OtherFigures others,
                         const NameTable& names);

}  // namespace duijie::indicator
