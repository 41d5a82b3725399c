// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters of a match: checked, with defaults filled in.
#pragma once

#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/v1/match.pb.h"
#include "services/matching/model.h"

namespace duijie::matching {

inline constexpr int kDefaultTopK = 20;
inline constexpr int kMaxTopK = 1'000;
inline constexpr int kDefaultCandidates = 100;
inline constexpr int kMinCandidates = 50;
inline constexpr int kMaxCandidates = 2'000;

// Every field set, so that two calls with the result do the same. INVALID_ARGUMENT with field paths below
// "parameters".
StatusOr<v1::MatchParameters> CompleteParameters(v1::MatchParameters parameters, const ModelSet& models,
                                                 UnixMicros now);

}  // namespace duijie::matching
