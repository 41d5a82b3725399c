// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/common_problems.h"

#include <algorithm>
#include <set>

namespace duijie::mining {
namespace {

using Members = std::vector<ProblemGroup::Member>;

size_t EnterprisesOf(const Members& members, const std::vector<std::string>& owners) {
  std::set<std::string_view> distinct;
  for (const auto& member : members) distinct.insert(owners[member.need]);
  return distinct.size();
}

}  // namespace

std::vector<ProblemGroup> GroupProblems(const std::vector<std::string>& owners,
                                        const std::vector<AlikePair>& pairs) {
  std::vector<Members> neighbours(owners.size());
  for (const AlikePair& pair : pairs) {
    if (owners[pair.a].empty() || owners[pair.b].empty()) continue;
    neighbours[pair.a].push_back({pair.b, pair.similarity});
    neighbours[pair.b].push_back({pair.a, pair.similarity});
  }
  std::vector<size_t> order(owners.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return neighbours[a].size() > neighbours[b].size(); });
  std::vector<bool> taken(owners.size());
  std::vector<ProblemGroup> groups;
  for (const size_t leader : order) {
    if (taken[leader]) continue;
    ProblemGroup group;
    for (const auto& member : neighbours[leader]) {
      if (!taken[member.need]) group.members.push_back(member);
    }
    std::stable_sort(group.members.begin(), group.members.end(),
                     [](const auto& a, const auto& b) { return a.similarity > b.similarity; });
    if (group.members.size() >= kMostNeedsInGroup) group.members.resize(kMostNeedsInGroup - 1);
    group.members.insert(group.members.begin(), {leader, 1.0});
    group.enterprises = EnterprisesOf(group.members, owners);
    if (group.enterprises < kFewestEnterprises) continue;
    for (const auto& member : group.members) taken[member.need] = true;
    groups.push_back(std::move(group));
  }
  std::stable_sort(groups.begin(), groups.end(), [](const ProblemGroup& a, const ProblemGroup& b) {
    return a.enterprises > b.enterprises;
  });
  return groups;
}

}  // namespace duijie::mining
