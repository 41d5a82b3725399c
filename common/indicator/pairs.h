// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that two others tell by their dimensions: 8000kg与12kg are a share of 0.15 %, 2400m² in 4h are
// 600 m²/h, 每天1200吨 and 300天 are 36万吨. Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/indicator/stated_facts.h"

namespace duijie::indicator {

inline constexpr size_t kMaxPairs = 32;  // of a text that one target is compared with

enum class PairedAs : uint8_t {
  kNot,
  kShare,     // the later over the earlier, both of one kind
  kRest,      // what is left of it to 100 %
  kChange,    // how much less or more one is than what was before
  kQuotient,  // of two kinds
  kProduct,
  kDifference,  // the same in the unit
};

struct FigurePair {
  size_t earlier = 0;  // in the told figures, by their places in the text
  size_t later = 0;
  PairedAs as = PairedAs::kNot;
  double value = 0;  // in the unit asked for
  std::string told;  // "2400 m² / 4 h = 600 m²/h", "12 kg / 8000 kg = 0.15 %，其余 99.85 %"
};

// Those of one sentence whose dimensions give the unit asked for; only of plain values. `changes`: the target
// asks by how much something falls or rises, `falls` which.
struct PairTarget {
  Unit unit;
  std::string_view unit_text;
  bool percent = false;
  bool changes = false;
  bool falls = false;
};
std::vector<FigurePair> PairsFor(const PairTarget& target, const FigurePlaces& places,
                                 const std::vector<Told>& told, const std::vector<const Indicator*>& figures);

}  // namespace duijie::indicator
