// SPDX-License-Identifier: GPL-3.0-or-later
// Things of one kind of which a figure can be of one only: 羊绒 and 羊毛, 玉米 and 小麦, 高炉 and 转炉.
// Private to common/indicator.
#pragma once

#include <cstdint>
#include <vector>

#include "common/indicator/name_words.h"

namespace duijie::indicator {

// The things that words speak of, sorted, each once; empty for most words.
std::vector<uint8_t> ThingsIn(View32 words);

// Whether both speak of things of one kind, and of none in common.
bool AreOtherThings(const std::vector<uint8_t>& a, const std::vector<uint8_t>& b);

}  // namespace duijie::indicator
