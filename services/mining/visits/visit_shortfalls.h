// SPDX-License-Identifier: GPL-3.0-or-later
// Why a demand cannot be met, found by solving the plan again with one condition lifted at a time. Pure.
#pragma once

#include <functional>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "services/mining/visits/coverage_groups.h"

namespace duijie::mining {

// Conditions that a new attempt leaves out.
struct Relaxation {
  bool no_capacity = false;  // experts may take any number of visits
  bool no_conflict = false;  // conflicts are ignored
  bool no_travel = false;    // experts may go anywhere
  int more_wanted = 0;       // the target is so much higher
};

struct ShortfallInput {
  const v1::VisitDemands& demands;
  const CoverageGroups& groups;
  const FlowSolution& solution;
  const TaxonomySet& taxonomies;
  int wanted = 0;                    // visits to find
  int candidates = 0;                // enterprises that an expert may visit
  int capacity = 0;                  // visits that experts can take
  std::vector<int> coverage_needed;  // by demand, less what is kept
  std::function<StatusOr<FlowSolution>(const Relaxation&)> solve;
};

// One entry per demand that is not met: the target first, then coverage in the order of the demands.
StatusOr<std::vector<v1::VisitShortfall>> ExplainShortfalls(const ShortfallInput& input);

}  // namespace duijie::mining
