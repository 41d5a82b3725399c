// SPDX-License-Identifier: GPL-3.0-or-later
// What models are trained on: judged pairs with their features, by need. Plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/matching/features.h"
#include "services/matching/level.h"

namespace duijie::matching {

inline constexpr int kLowestLevel = 1;
inline constexpr int kHighestLevel = 4;
inline constexpr int kRelevantLevel = 3;         // FAIR
inline constexpr size_t kMinMeasuredPairs = 10;  // of a need that counts

struct TrainingPair {
  std::string achievement;
  FeatureValues raw{};  // text features before their curve, facts as they are
  Closeness close;
  int level = kLowestLevel;
  double weight = 1;  // of its judgements; above 0
};

struct TrainingNeed {
  std::string need;   // resource name
  std::string group;  // needs of one group are never both learned from and tested on
  std::vector<TrainingPair> pairs;
};

struct TrainingData {
  std::vector<TrainingNeed> needs;
  int64_t judgements = 0;  // that the pairs come from
  int64_t pairs() const {
    int64_t count = 0;
    for (const TrainingNeed& need : needs) count += static_cast<int64_t>(need.pairs.size());
    return count;
  }
};

// Whether orders are measured on the need: at least kMinMeasuredPairs pairs, one of them FAIR or STRONG.
inline bool IsMeasured(const TrainingNeed& need) {
  if (need.pairs.size() < kMinMeasuredPairs) return false;
  for (const TrainingPair& pair : need.pairs) {
    if (pair.level >= kRelevantLevel) return true;
  }
  return false;
}

}  // namespace duijie::matching
