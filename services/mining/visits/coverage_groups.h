// SPDX-License-Identifier: GPL-3.0-or-later
// Coverage demands as groups of SolveFlow. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/taxonomy/taxonomy_set.h"
#include "services/mining/visits/visit_facts.h"
#include "services/mining/visits/visit_flow.h"

namespace duijie::mining {

// Whether a place is covered by a demand.
bool IsCovered(const v1::VisitCoverage& coverage, const std::string& region_code,
               const std::string& park_code, const TaxonomySet& taxonomies);

// "衡水市至少 3 家".
std::string CoverageText(const v1::VisitCoverage& coverage, const TaxonomySet& taxonomies);

struct CoverageGroups {
  std::vector<FlowGroup> groups;          // outer ones first; at_least as demanded
  std::vector<int> demand_of;             // by group, its place among the demands
  std::vector<int> group_of;              // by enterprise, the innermost group; -1 = none
  std::vector<std::vector<int>> members;  // by demand, enterprises
};

// FAILED_PRECONDITION INFEASIBLE if the enterprises of two demands overlap without one holding the other's.
StatusOr<CoverageGroups> GroupByCoverage(const v1::VisitDemands& demands,
                                         const std::vector<const v1::Enterprise*>& enterprises,
                                         const TaxonomySet& taxonomies);

}  // namespace duijie::mining
