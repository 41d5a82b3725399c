// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/coverage_groups.h"

#include <algorithm>
#include <numeric>

namespace duijie::mining {
namespace {

bool Holds(const std::vector<int>& outer, const std::vector<int>& inner) {
  return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
}

bool AreApart(const std::vector<int>& a, const std::vector<int>& b) {
  std::vector<int> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.empty();
}

Status Overlap(const std::string& a, const std::string& b) {
  return Error(StatusCode::kFailedPrecondition, "INFEASIBLE",
               "覆盖要求“" + a + "”与“" + b +
                   "”的企业互相交叉而不包含，无法一并规划；请改为互不相交或一个包含另一个的地区或园区");
}

}  // namespace

bool IsCovered(const v1::VisitCoverage& coverage, const std::string& region_code,
               const std::string& park_code, const TaxonomySet& taxonomies) {
  if (coverage.has_park_code()) return !park_code.empty() && park_code == coverage.park_code();
  return taxonomies.regions.IsSelfOrDescendant(region_code, coverage.region_code());
}

std::string CoverageText(const v1::VisitCoverage& coverage, const TaxonomySet& taxonomies) {
  std::string place = coverage.has_park_code() ? coverage.park_code() : coverage.region_code();
  if (coverage.has_park_code()) {
    if (const Park* park = taxonomies.FindPark(place)) place = park->name;
  } else if (const TaxonomyEntry* region = taxonomies.regions.Find(place)) {
    place = region->name;
  }
  return place + "至少 " + std::to_string(coverage.min_enterprises()) + " 家";
}

StatusOr<CoverageGroups> GroupByCoverage(const v1::VisitDemands& demands,
                                         const std::vector<const v1::Enterprise*>& enterprises,
                                         const TaxonomySet& taxonomies) {
  CoverageGroups result;
  for (const v1::VisitCoverage& coverage : demands.coverage()) {
    std::vector<int>& members = result.members.emplace_back();
    for (size_t e = 0; e < enterprises.size(); ++e) {
      if (IsCovered(coverage, enterprises[e]->region_code(), enterprises[e]->park_code(), taxonomies)) {
        members.push_back(static_cast<int>(e));
      }
    }
  }
  result.demand_of.resize(result.members.size());
  std::iota(result.demand_of.begin(), result.demand_of.end(), 0);
  const auto members_of = [&](int demand) -> const std::vector<int>& {
    return result.members[static_cast<size_t>(demand)];
  };
  std::stable_sort(result.demand_of.begin(), result.demand_of.end(),
                   [&](int a, int b) { return members_of(a).size() > members_of(b).size(); });
  result.group_of.assign(enterprises.size(), -1);
  for (size_t g = 0; g < result.demand_of.size(); ++g) {
    const v1::VisitCoverage& coverage = demands.coverage(result.demand_of[g]);
    const std::vector<int>& members = members_of(result.demand_of[g]);
    FlowGroup group{-1, coverage.min_enterprises()};
    for (size_t outer = 0; outer < g; ++outer) {
      const int outer_demand = result.demand_of[outer];
      if (Holds(members_of(outer_demand), members)) {
        group.parent = static_cast<int>(outer);  // the last one is the innermost
      } else if (!AreApart(members_of(outer_demand), members)) {
        return Overlap(CoverageText(demands.coverage(outer_demand), taxonomies),
                       CoverageText(coverage, taxonomies));
      }
    }
    result.groups.push_back(group);
    for (const int e : members) result.group_of[static_cast<size_t>(e)] = static_cast<int>(g);
  }
  return result;
}

}  // namespace duijie::mining
