// SPDX-License-Identifier: GPL-3.0-or-later
// Boosted trees for levels: one set for each of level ≥ 2, 3, 4, over columns of level.h, monotone where more
// of a column must not lower a level, with a calibration learned on pairs that the trees did not see. Pure;
// deterministic.
#pragma once

#include <functional>

#include "services/matching/learning/training_folds.h"
#include "services/matching/learning/training_measures.h"
#include "services/matching/model.h"

namespace duijie::matching {

// Learned from `needs`, whose pairs `order` scores. FAILED_PRECONDITION (TOO_FEW_JUDGEMENTS) if for some
// level no pair or every pair reaches it. `check` may be empty.
StatusOr<internal::v1::LevelModel> TrainLevels(const Needs& needs, const RankingModel& order, int64_t seed,
                                               const std::function<Status()>& check);

// Error of the levels that `order` and `levels` give along each need's pairs.
StatusOr<std::vector<LevelErrors>> LevelErrorsOf(const Needs& needs, const RankingModel& order,
                                                 const LevelModel& levels);

// The need's pairs in the order in which the model ranks them, as levels are made from.
std::vector<LevelEvidence> RankedEvidence(const TrainingNeed& need, const RankingModel& order);

}  // namespace duijie::matching
