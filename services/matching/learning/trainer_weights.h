// SPDX-License-Identifier: GPL-3.0-or-later
// Weights of the text features, fitted to judged pairs: least
//
//   mean over needs of Σ ω log(1 + e^(−(s_better − s_worse)/T)) / Σ ω  +  λ |w − w₀|² / |w₀|²
//
// over pairs of differently graded achievements of a need, ω the difference of their gains 2^(level−1) − 1
// times the geometric mean of their weights, T the spread of scores (pairwise logistic loss: Burges et al.,
// Learning to rank using gradient descent, ICML 2005); all w at least 0, and their sum that of w₀, the
// weights in service. Pure; deterministic.
#pragma once

#include <array>
#include <functional>

#include "services/matching/learning/training_folds.h"
#include "services/matching/model.h"

namespace duijie::matching {

using TextWeights = std::array<double, kTextFeatureCount>;

TextWeights TextWeightsOf(const RankingModel& model);

// The weights of least loss for one λ above 0.
TextWeights FitWeights(const Needs& needs, const RankingModel& in_service, double lambda);

// The weights in service, unless some λ does better by cross-validation within `needs`: the 95 % interval of
// its mean gain in nDCG@10 (normal approximation) must lie above 0; of several, the one where it lies
// highest. `check` may be empty.
StatusOr<TextWeights> ChooseWeights(const Needs& needs, const RankingModel& in_service, int64_t seed,
                                    const std::function<Status()>& check);

// The model in service with these weights, in whole millionths that keep the sum, and without levels.
internal::v1::RankingModel WithWeights(const RankingModel& in_service, const TextWeights& weights);

// nDCG@10 of each need under the model.
std::vector<double> OrderQuality(const Needs& needs, const RankingModel& model);

// Positions of the need's pairs in the order in which the model ranks them.
std::vector<size_t> RankedOrder(const TrainingNeed& need, const RankingModel& model);

}  // namespace duijie::matching
