// SPDX-License-Identifier: GPL-3.0-or-later
// Extraction that also tells the figures that are conditions. Private to common/indicator.
#pragma once

#include <string_view>
#include <vector>

#include "common/indicator/extract.h"

namespace duijie::indicator {

// As Extract. `conditions`, if not null, receives the figures of conditions (350℃ of 可在350℃下长期使用),
// without names: `whole` is the stretch, the comparator is kEqual or kBetween.
std::vector<Indicator> ExtractWithConditions(std::string_view text, std::vector<Indicator>* conditions);

}  // namespace duijie::indicator
