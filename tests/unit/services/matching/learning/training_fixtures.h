// SPDX-License-Identifier: GPL-3.0-or-later
// Training data with a planted signal, and the model it starts from.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>

#include "services/matching/learning/training_data.h"
#include "services/matching/model.h"
#include "tests/support/paths.h"

namespace duijie::matching::testing {

inline constexpr size_t kNoSignal = kFeatureCount;

inline std::shared_ptr<const RankingModel> StartModel() {
  // Never freed: its trees must not outlive main (see booster.h).
  static const auto& models = *new auto(*ModelSet::Load(duijie::testing::SourceFile("data/models")));
  return models->Find("");
}

// A model that was just trained, loaded.
inline StatusOr<std::shared_ptr<const RankingModel>> Named(internal::v1::RankingModel proto,
                                                           const std::string& version = "planted") {
  proto.set_version(version);
  return RankingModel::Make(proto, version);
}

// 40 needs with 12 pairs each; all text features are random, and grades follow `feature` (kNoSignal: none).
inline TrainingData PlantedData(size_t feature) {
  const unsigned seed = 20261122;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> value(0, 1);
  TrainingData data;
  for (int n = 0; n < 40; ++n) {
    TrainingNeed need{"needs/" + std::to_string(100 + n), "title " + std::to_string(n), {}};
    for (int a = 0; a < 12; ++a) {
      TrainingPair pair;
      pair.achievement = "achievements/" + std::to_string(100 + a);
      for (size_t f = 0; f < kTextFeatureCount; ++f) pair.raw[f] = value(random) * 0.5;
      const double signal = feature == kNoSignal ? value(random) : pair.raw[feature] * 2;
      pair.level = std::clamp(1 + static_cast<int>(signal * 4), 1, 4);
      need.pairs.push_back(pair);
    }
    need.pairs[0].level = kHighestLevel;  // so that the need counts
    data.judgements += static_cast<int64_t>(need.pairs.size());
    data.needs.push_back(std::move(need));
  }
  return data;
}

}  // namespace duijie::matching::testing
