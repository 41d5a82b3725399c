// SPDX-License-Identifier: GPL-3.0-or-later
// One number for order and level, as readers of runs want it who take scores for predicted levels. Pure.
#pragma once

#include <vector>

namespace duijie {

// For results best first with their levels (1 to 4): scores within [1, 4] that fall strictly with rank and
// that floor(score + 0.5) turns back into the level. Level 1 lies in [1, 1.5), 2 in [1.5, 2.5), 3 in
// [2.5, 3.5), 4 in [3.5, 4]; the results of a level are spread evenly over its range, off its ends, so that
// for up to 2,000 results neighbours are at least 0.0002 apart. A level above the one before it is taken for
// that one: order comes first.
std::vector<double> LevelScores(const std::vector<int>& levels);

}  // namespace duijie
