// SPDX-License-Identifier: GPL-3.0-or-later
// Which enterprises to visit and with whom, as a flow of least cost: source → groups with a lower bound →
// enterprises → experts with a capacity → sink. LEMON's network simplex solves it exactly (Király, Kovács,
// Efficient implementations of minimum-cost flow algorithms, 2012). Pure; the same problem gives the same
// solution. The implementation is the only file that includes LEMON.
#pragma once

#include <cstdint>
#include <vector>

#include "common/status/status.h"

namespace duijie::mining {

inline constexpr int64_t kMaxFlowValue = 1'000'000;   // of one option, either sign
inline constexpr size_t kMaxFlowOptions = 2'000'000;  // of all enterprises together
inline constexpr size_t kMaxFlowEnterprises = 20'000;
inline constexpr int kMaxFlowWanted = 1'000;
inline constexpr size_t kMaxFlowGroups = 50;

struct FlowOption {
  int expert = 0;
  int64_t value = 0;
};

struct FlowEnterprise {
  int group = -1;                   // the innermost one that it belongs to; -1 = none
  std::vector<FlowOption> options;  // experts who may visit it, each once
};

// A set of enterprises of which so many must be visited. Groups lie inside each other or apart.
struct FlowGroup {
  int parent = -1;  // a group before this one; -1 = none
  int at_least = 0;
};

struct FlowProblem {
  std::vector<FlowEnterprise> enterprises;
  std::vector<int> capacities;  // visits, by expert
  std::vector<FlowGroup> groups;
  int wanted = 0;  // enterprises to visit
};

struct FlowSolution {
  std::vector<int> expert_of;      // by enterprise; -1 = not visited
  int missing = 0;                 // of `wanted`
  std::vector<int> group_missing;  // of at_least, by group
  int64_t value = 0;               // of all chosen options
};

// Visits as many enterprises as it can up to `wanted`, among those solutions one that leaves least of the
// groups' bounds open, among those one of the greatest value. RESOURCE_EXHAUSTED TOO_LARGE beyond the limits;
// INVALID_ARGUMENT INVALID_FIELD if indexes do not fit.
StatusOr<FlowSolution> SolveFlow(const FlowProblem& problem);

}  // namespace duijie::mining
