// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of needs that may be one problem: leader clustering (Hartigan, Clustering Algorithms, 1975). The
// need with most neighbours leads a group of those neighbours that are still free, and so on; every member is
// alike to its leader, so groups do not drift. Pure and deterministic.
#pragma once

#include <string>
#include <vector>

#include "services/mining/joint/need_similarity.h"
#include "services/mining/records/suppression.h"

namespace duijie::mining {

inline constexpr size_t kMostNeedsInGroup = 50;

struct ProblemGroup {
  struct Member {
    size_t need = 0;  // place in the input
    double similarity = 1;
  };
  std::vector<Member> members;  // the leader, then by similarity
  size_t enterprises = 0;
};

// `owners`: for each need what tells its enterprise from others (its credit code); "" = not known, never part
// of a group. Groups of most enterprises first, then by their leader's place.
std::vector<ProblemGroup> GroupProblems(const std::vector<std::string>& owners,
                                        const std::vector<AlikePair>& pairs);

}  // namespace duijie::mining
