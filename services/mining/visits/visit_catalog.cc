// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_catalog.h"

#include <algorithm>

namespace duijie::mining {
namespace {

constexpr size_t kMaxExperts = 2'000;  // read for one plan

Status GatherExperts(const CatalogView& catalog, const v1::VisitDemands& demands, PlanningInput* input) {
  if (!demands.experts().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(input->experts, catalog.Experts(demands.experts(), "demands.experts"));
  } else {
    v1::RecordFilter published;
    published.add_states(v1::RECORD_STATE_PUBLISHED);
    const auto add = [&](const internal::v1::Record& record) {
      if (SeesInFull(catalog.call().principal(), record.expert())) input->experts.push_back(record.expert());
    };
    DUIJIE_RETURN_IF_ERROR(
        catalog.ForEach(v1::COLLECTION_EXPERTS, published, input->snapshot_revision, kMaxExperts, add)
            .status());
  }
  std::sort(input->experts.begin(), input->experts.end(),
            [](const v1::Expert& a, const v1::Expert& b) { return a.name() < b.name(); });
  return OkStatus();
}

}  // namespace

StatusOr<PlanningInput> GatherPlanningFacts(const CatalogView& catalog, const v1::VisitPlan& plan,
                                            const std::map<std::string, Day>& last_visits) {
  PlanningInput input;
  input.plan = plan.name();
  input.demands = plan.demands();
  input.year = plan.year();
  v1::RecordFilter filter;
  *filter.mutable_park_codes() = plan.demands().park_codes();
  *filter.mutable_region_codes() = plan.demands().region_codes();
  *filter.mutable_industry_codes() = plan.demands().industry_codes();
  DUIJIE_ASSIGN_OR_RETURN(input.snapshot_revision,
                          GatherEnterprises(catalog, filter, 0, last_visits, &input.enterprises));
  DUIJIE_RETURN_IF_ERROR(GatherExperts(catalog, plan.demands(), &input));
  return input;
}

}  // namespace duijie::mining
