// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_flow.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>

namespace duijie::mining {
namespace {

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int64_t, int64_t>;

Status TooLarge() {
  return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "企业或专家过多，请缩小计划的范围");
}

Status CheckGroups(const FlowProblem& problem) {
  for (size_t g = 0; g < problem.groups.size(); ++g) {
    const FlowGroup& group = problem.groups[g];
    if (group.parent < -1 || group.parent >= static_cast<int>(g) || group.at_least < 0) {
      return InvalidField("groups", "OUT_OF_RANGE", "覆盖要求的次序有误");
    }
  }
  return OkStatus();
}

Status CheckProblem(const FlowProblem& problem) {
  size_t options = 0;
  for (const FlowEnterprise& enterprise : problem.enterprises) {
    options += enterprise.options.size();
    bool fits = enterprise.group >= -1 && enterprise.group < static_cast<int>(problem.groups.size());
    for (const FlowOption& option : enterprise.options) {
      fits = fits && option.expert >= 0 && option.expert < static_cast<int>(problem.capacities.size()) &&
             std::abs(option.value) <= kMaxFlowValue;
    }
    if (!fits) return InvalidField("enterprises", "OUT_OF_RANGE", "企业的可选项有误");
  }
  const bool fits = problem.enterprises.size() <= kMaxFlowEnterprises && options <= kMaxFlowOptions &&
                    problem.wanted <= kMaxFlowWanted && problem.groups.size() <= kMaxFlowGroups;
  return fits ? CheckGroups(problem) : TooLarge();
}

// The network with its arcs, made in one fixed order.
class Network {
 public:
  explicit Network(const FlowProblem& problem)
      : problem_(problem), wanted_(std::max(0, problem.wanted)), capacity_(graph_), cost_(graph_) {
    source_ = graph_.addNode();
    sink_ = graph_.addNode();
    AddGroups();
    for (const int capacity : problem.capacities) {
      experts_.push_back(graph_.addNode());
      Add(experts_.back(), sink_, std::clamp(capacity, 0, wanted_), 0);
    }
    AddEnterprises();
    // What cannot be visited flows here, dearer than everything else together.
    overflow_ = Add(source_, sink_, wanted_, MissingCost());
  }

  StatusOr<FlowSolution> Solve() {
    Simplex simplex(graph_);
    simplex.upperMap(capacity_).costMap(cost_).stSupply(source_, sink_, wanted_);
    if (simplex.run() != Simplex::OPTIMAL) {
      return Error(StatusCode::kInternal, "INTERNAL", "the assignment network has no optimal flow");
    }
    FlowSolution solution;
    solution.missing = static_cast<int>(simplex.flow(overflow_));
    for (size_t g = 0; g < bonus_.size(); ++g) {
      const int bound = std::min(problem_.groups[g].at_least, wanted_);
      // What lies above `wanted` can never be reached.
      const int beyond = problem_.groups[g].at_least - bound;
      solution.group_missing.push_back(bound - static_cast<int>(simplex.flow(bonus_[g])) + beyond);
    }
    ReadChoices(simplex, &solution);
    return solution;
  }

 private:
  Graph::Arc Add(Graph::Node from, Graph::Node to, int64_t capacity, int64_t cost) {
    const Graph::Arc arc = graph_.addArc(from, to);
    capacity_[arc] = capacity;
    cost_[arc] = cost;
    return arc;
  }

  // More than all values together: a bound that is met is worth more than any choice of options.
  int64_t BonusValue() const { return 2 * kMaxFlowValue * (static_cast<int64_t>(wanted_) + 1); }
  // More than all bonuses and values together. With the limits above it is at most 2·10^9 · 5·10^4 = 10^14,
  // and what 1,000 visits cost 10^17: far below 2^63.
  int64_t MissingCost() const {
    int64_t bounds = 1;
    for (const FlowGroup& group : problem_.groups) bounds += std::min(group.at_least, wanted_);
    return BonusValue() * bounds;
  }

  void AddGroups() {
    for (const FlowGroup& group : problem_.groups) {
      const Graph::Node node = graph_.addNode();
      const Graph::Node parent = NodeOfGroup(group.parent);
      bonus_.push_back(Add(parent, node, std::min(group.at_least, wanted_), -BonusValue()));
      Add(parent, node, wanted_, 0);
      groups_.push_back(node);
    }
  }

  void AddEnterprises() {
    for (const FlowEnterprise& enterprise : problem_.enterprises) {
      std::vector<Graph::Arc>& arcs = options_.emplace_back();
      if (enterprise.options.empty()) continue;
      const Graph::Node node = graph_.addNode();
      Add(NodeOfGroup(enterprise.group), node, 1, 0);
      for (const FlowOption& option : enterprise.options) {
        arcs.push_back(Add(node, experts_[static_cast<size_t>(option.expert)], 1, -option.value));
      }
    }
  }

  void ReadChoices(const Simplex& simplex, FlowSolution* solution) const {
    for (size_t e = 0; e < options_.size(); ++e) {
      solution->expert_of.push_back(-1);
      for (size_t o = 0; o < options_[e].size(); ++o) {
        if (simplex.flow(options_[e][o]) == 0) continue;
        const FlowOption& option = problem_.enterprises[e].options[o];
        solution->expert_of.back() = option.expert;
        solution->value += option.value;
      }
    }
  }

  Graph::Node NodeOfGroup(int group) const {
    return group < 0 ? source_ : groups_[static_cast<size_t>(group)];
  }

  const FlowProblem& problem_;
  const int wanted_;
  Graph graph_;
  Graph::ArcMap<int64_t> capacity_;
  Graph::ArcMap<int64_t> cost_;
  Graph::Node source_, sink_;
  Graph::Arc overflow_;
  std::vector<Graph::Node> groups_, experts_;
  std::vector<Graph::Arc> bonus_;
  std::vector<std::vector<Graph::Arc>> options_;  // as FlowEnterprise::options
};

}  // namespace

StatusOr<FlowSolution> SolveFlow(const FlowProblem& problem) {
  DUIJIE_RETURN_IF_ERROR(CheckProblem(problem));
  return Network(problem).Solve();
}

}  // namespace duijie::mining
