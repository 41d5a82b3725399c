// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a ranking model out of judged pairs: weights of the text features near those in service, and boosted
// trees for levels; and says how good the result is on needs it did not learn from. docs/model.md describes
// and measures what is done here. Deterministic: the same data, model in service and options give the same
// bytes.
#pragma once

#include <functional>

#include "services/matching/learning/training_data.h"
#include "services/matching/model.h"

namespace duijie::matching {

inline constexpr int kDefaultFolds = 10;
inline constexpr int kMinFolds = 2;
inline constexpr int kMaxFolds = 20;

struct TrainingOptions {
  int64_t seed = 1;
  int folds = kDefaultFolds;
  std::function<Status()> check;  // asked between steps; an error ends the training. May be empty
};

// A model without version, its card filled but for who, when and version. Features, texts, curves and
// parameters are those of the model in service. FAILED_PRECONDITION (TOO_FEW_JUDGEMENTS) if fewer than
// `folds` needs count, or no pair reaches some level, or every pair does.
StatusOr<internal::v1::RankingModel> TrainModel(const TrainingData& data, const RankingModel& in_service,
                                                const TrainingOptions& options);

}  // namespace duijie::matching
