// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_flow.h"

#include <iostream>
#include <random>
#include <tuple>

#include "tests/support/status_matchers.h"

namespace duijie::mining {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using ::testing::ElementsAre;

// (missing, open bounds, -value): less is better.
using Quality = std::tuple<int, int, int64_t>;

bool IsInGroup(const FlowProblem& problem, size_t enterprise, int group) {
  for (int at = problem.enterprises[enterprise].group; at >= 0;
       at = problem.groups[static_cast<size_t>(at)].parent) {
    if (at == group) return true;
  }
  return false;
}

// Of a choice of experts, by enterprise; -1 = none.
Quality QualityOf(const FlowProblem& problem, const std::vector<int>& choice, int64_t value) {
  int visited = 0, open = 0;
  for (const int expert : choice) visited += expert >= 0 ? 1 : 0;
  for (size_t g = 0; g < problem.groups.size(); ++g) {
    int covered = 0;
    for (size_t e = 0; e < choice.size(); ++e) {
      if (choice[e] >= 0 && IsInGroup(problem, e, static_cast<int>(g))) ++covered;
    }
    open += std::max(0, problem.groups[g].at_least - covered);
  }
  return {problem.wanted - visited, open, -value};
}

// The best over every possible choice.
void TryAll(const FlowProblem& problem, std::vector<int>* choice, std::vector<int> left, int visited,
            int64_t value, Quality* best) {
  if (choice->size() == problem.enterprises.size()) {
    *best = std::min(*best, QualityOf(problem, *choice, value));
    return;
  }
  const FlowEnterprise& enterprise = problem.enterprises[choice->size()];
  choice->push_back(-1);
  TryAll(problem, choice, left, visited, value, best);
  for (const FlowOption& option : enterprise.options) {
    int& room = left[static_cast<size_t>(option.expert)];
    if (room == 0 || visited == problem.wanted) continue;
    --room;
    choice->back() = option.expert;
    TryAll(problem, choice, left, visited + 1, value + option.value, best);
    ++room;
  }
  choice->pop_back();
}

FlowProblem RandomProblem(std::mt19937* random) {
  const auto below = [&](int limit) { return static_cast<int>((*random)() % static_cast<unsigned>(limit)); };
  FlowProblem problem;
  problem.wanted = below(6);
  const int experts = 1 + below(3);
  for (int x = 0; x < experts; ++x) problem.capacities.push_back(below(3));
  const int groups = below(4);
  for (int g = 0; g < groups; ++g) problem.groups.push_back({below(g + 1) - 1, below(4)});
  const int enterprises = 1 + below(6);
  for (int e = 0; e < enterprises; ++e) {
    FlowEnterprise& enterprise = problem.enterprises.emplace_back();
    enterprise.group = below(groups + 1) - 1;
    for (int x = 0; x < experts; ++x) {
      if (below(4) != 0) enterprise.options.push_back({x, below(200) - 50});
    }
  }
  return problem;
}

TEST(VisitFlowTest, IsAsGoodAsTryingEverything) {
  const unsigned seed = 20260301;
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  for (int round = 0; round < 400; ++round) {
    const FlowProblem problem = RandomProblem(&random);
    ASSERT_OK_AND_ASSIGN(const FlowSolution solution, SolveFlow(problem));
    std::vector<int> choice;
    Quality best = QualityOf(problem, std::vector<int>(problem.enterprises.size(), -1), 0);
    TryAll(problem, &choice, problem.capacities, 0, 0, &best);
    EXPECT_EQ(QualityOf(problem, solution.expert_of, solution.value), best) << "round " << round;
    int open = 0;
    for (const int missing : solution.group_missing) open += missing;
    EXPECT_EQ(solution.missing, std::get<0>(best)) << "round " << round;
    EXPECT_EQ(open, std::get<1>(best)) << "round " << round;
  }
}

TEST(VisitFlowTest, ChosenOptionsExistAndCapacitiesHold) {
  const unsigned seed = 7;
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    const FlowProblem problem = RandomProblem(&random);
    ASSERT_OK_AND_ASSIGN(const FlowSolution solution, SolveFlow(problem));
    std::vector<int> load(problem.capacities.size());
    int64_t value = 0;
    for (size_t e = 0; e < problem.enterprises.size(); ++e) {
      if (solution.expert_of[e] < 0) continue;
      ++load[static_cast<size_t>(solution.expert_of[e])];
      bool offered = false;
      for (const FlowOption& option : problem.enterprises[e].options) {
        if (option.expert != solution.expert_of[e]) continue;
        offered = true;
        value += option.value;
      }
      EXPECT_TRUE(offered) << "round " << round;
    }
    EXPECT_EQ(value, solution.value);
    for (size_t x = 0; x < load.size(); ++x) EXPECT_LE(load[x], problem.capacities[x]);
  }
}

TEST(VisitFlowTest, ABoundIsWorthMoreThanAnyValue) {
  FlowProblem problem;
  problem.wanted = 1;
  problem.capacities = {1};
  problem.groups = {{-1, 1}};
  problem.enterprises = {{-1, {{0, kMaxFlowValue}}}, {0, {{0, -kMaxFlowValue}}}};
  ASSERT_OK_AND_ASSIGN(const FlowSolution solution, SolveFlow(problem));
  EXPECT_THAT(solution.expert_of, ElementsAre(-1, 0));
  EXPECT_THAT(solution.group_missing, ElementsAre(0));
}

TEST(VisitFlowTest, WhatDoesNotFitIsRefused) {
  FlowProblem problem;
  problem.capacities = {1};
  problem.enterprises = {{-1, {{1, 5}}}};
  EXPECT_THAT(SolveFlow(problem), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  problem.enterprises = {{0, {}}};
  EXPECT_THAT(SolveFlow(problem), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  problem.enterprises.clear();
  problem.groups = {{0, 1}};
  EXPECT_THAT(SolveFlow(problem), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  problem.groups.clear();
  problem.wanted = kMaxFlowWanted + 1;
  EXPECT_THAT(SolveFlow(problem), StatusIs(StatusCode::kResourceExhausted, "TOO_LARGE"));
}

TEST(VisitFlowTest, NothingIsSolvedToo) {
  ASSERT_OK_AND_ASSIGN(const FlowSolution solution, SolveFlow({}));
  EXPECT_EQ(solution.missing, 0);
  EXPECT_TRUE(solution.expert_of.empty());
}

}  // namespace
}  // namespace duijie::mining
