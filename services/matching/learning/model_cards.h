// SPDX-License-Identifier: GPL-3.0-or-later
// A model's card as clients see it, but for what its place in the registry tells. Pure.
#pragma once

#include "duijie/internal/v1/ranking_model.pb.h"
#include "duijie/v1/model_service.pb.h"

namespace duijie::matching {

// Features by falling weight, then what the levels' trees read besides, by falling gain.
v1::ModelCard MakeCard(const internal::v1::RankingModel& model);

}  // namespace duijie::matching
