// SPDX-License-Identifier: GPL-3.0-or-later
// What of the catalog a plan of visits depends on.
#pragma once

#include "services/mining/visits/enterprise_facts.h"
#include "services/mining/visits/visit_planner.h"

namespace duijie::mining {

// Everything of the catalog that a plan's proposal depends on; `standing`, as_of and pushes are left to the
// caller. `last_visits`: see LastVisits.
StatusOr<PlanningInput> GatherPlanningFacts(const CatalogView& catalog, const v1::VisitPlan& plan,
                                            const std::map<std::string, Day>& last_visits);

}  // namespace duijie::mining
