// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a plan's proposal: chooses enterprises, experts and days for the greatest expected yield less the way
// there, under target, coverage, capacities and conflicts; keeps what is agreed or held; explains demands
// that cannot be met. Pure: the same input gives the same proposal.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "services/mining/visits/visit_facts.h"
#include "services/mining/visits/yield_model.h"

namespace duijie::mining {

inline constexpr int kDefaultVisitTarget = 100;
inline constexpr int kDefaultVisitsPerMonth = 4;

struct PlanningInput {
  std::string plan;          // "visitPlans/{id}"
  v1::VisitDemands demands;  // complete and checked; see visit_checks.h
  int year = 0;
  Day as_of;  // no visit is planned before the day after it
  int64_t snapshot_revision = 0;
  std::vector<EnterpriseFacts> enterprises;  // published ones that pass the demands' filters, by name
  std::vector<ExpertFacts> experts;          // published ones, by name
  // Visits of the year that stand, of any plan, but for those of this plan that are only planned.
  std::vector<v1::Visit> standing;
};

// FAILED_PRECONDITION INFEASIBLE if two coverage demands overlap without one holding the other;
// RESOURCE_EXHAUSTED TOO_LARGE as SolveFlow.
StatusOr<v1::VisitProposal> MakeProposal(const PlanningInput& input, const YieldModel& model,
                                         const TaxonomySet& taxonomies);

}  // namespace duijie::mining
