// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_level_scores.h"

#include <algorithm>

#include "services/duijie/eval_metrics.h"

namespace duijie {

std::vector<double> LevelScores(const std::vector<int>& levels) {
  std::vector<double> scores;
  int level = kMaxLevel;
  for (size_t begin = 0; begin < levels.size();) {
    level = std::clamp(levels[begin], kMinLevel, level);
    size_t end = begin + 1;
    while (end < levels.size() && levels[end] >= level) ++end;
    const double low = std::max<double>(kMinLevel, level - 0.5);
    const double high = std::min<double>(kMaxLevel, level + 0.5);
    const double step = (high - low) / static_cast<double>(end - begin + 1);
    for (size_t i = begin; i < end; ++i) scores.push_back(high - step * static_cast<double>(i - begin + 1));
    begin = end;
  }
  return scores;
}

}  // namespace duijie
