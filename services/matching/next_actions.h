// SPDX-License-Identifier: GPL-3.0-or-later
// What to do next about a pair, from its fit table and its constraints: every step names the figure that it
// is about. Reads nothing but what the explanation of the pair shows anyway; of other achievements shown
// beside it only how near the best of them comes, never who or what they are, because a stored result may be
// read when they may no longer be seen. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/matching/fact_features.h"

namespace duijie::matching {

inline constexpr size_t kMaxNextActions = 6;
inline constexpr double kSmallMargin = 0.15;  // relative: what may be talked about; more needs development

// How near the achievements shown for a need come to one of its demands.
struct BestStated {
  bool satisfied = false;        // by one of them
  bool violated = false;         // by one of them
  std::optional<double> margin;  // the greatest of those that state a comparable figure and do not satisfy
  std::string achievement;       // whose it is
};

// By demand; empty if the results are not of one need, or carry no fit.
std::vector<BestStated> BestOf(const std::vector<v1::MatchResult>& results);

struct ActionInput {
  const v1::MatchResult& result;        // with rank, titles, constraints and fit
  const FactsPair& facts;               // of its pair
  const std::vector<BestStated>& best;  // of all results shown; empty: nothing is known of others
};

// Most useful first: if everything is met, a visit. Else, as far as they apply: whether the need can be eased
// where little is missing; questions to the owner on what is not stated or only partly fits; a pilot base for
// a gap of maturity; a bounty for demands that no achievement shown meets and this one misses by much (or is
// first in rank); a visit where nothing is missed and at most one figure is open.
std::vector<v1::NextAction> NextActions(const ActionInput& input);

}  // namespace duijie::matching
