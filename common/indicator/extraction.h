// SPDX-License-Identifier: GPL-3.0-or-later
// Extraction that also tells the figures that are no indicators. Private to common/indicator.
#pragma once

#include <string_view>
#include <vector>

#include "common/indicator/extract.h"

namespace duijie::indicator {

// As Extract. `conditions`, if not null, receives the figures of conditions (350℃ of 可在350℃下长期使用),
// without names: `whole` is the stretch, the comparator is kEqual or kBetween.
// What else a text says in figures.
struct OtherFigures {
  std::vector<Indicator> conditions;
  std::vector<Indicator>
      counts;  // 可加工260件, 4人: by themselves no indicators, but answers where one is asked for
};

// `others` may be null.
std::vector<Indicator> ExtractWithOthers(std::string_view text, OtherFigures* others);

}  // namespace duijie::indicator
