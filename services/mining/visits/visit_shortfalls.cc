// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_shortfalls.h"

#include <algorithm>

namespace duijie::mining {
namespace {

struct Attempt {
  FlowSolution solution;
  const char* condition;  // what was lifted
  const char* help;
};

std::string Count(int number) { return std::to_string(number) + " 家"; }

StatusOr<std::vector<Attempt>> TryRelaxed(const ShortfallInput& input) {
  int open = 0;
  for (const int missing : input.solution.group_missing) open += missing;
  const std::pair<Relaxation, std::pair<const char*, const char*>> tries[] = {
      {{.no_capacity = true}, {"专家次数", "增加专家、提高每月走访次数或延长起止日期"}},
      {{.no_conflict = true}, {"回避关系", "另请与这些企业没有回避关系的专家"}},
      {{.no_travel = true}, {"出行范围", "放宽出行范围或请当地专家，并补全企业与专家的所在地区"}},
      {{.more_wanted = open}, {"目标数", "提高目标数，使之容得下各项覆盖要求"}},
  };
  std::vector<Attempt> attempts;
  for (const auto& [relaxation, texts] : tries) {
    if (relaxation.more_wanted == 0 && !relaxation.no_capacity && !relaxation.no_conflict &&
        !relaxation.no_travel) {
      continue;
    }
    DUIJIE_ASSIGN_OR_RETURN(FlowSolution solution, input.solve(relaxation));
    if (relaxation.more_wanted > 0) solution.missing = input.solution.missing;  // of another target
    attempts.push_back({std::move(solution), texts.first, texts.second});
  }
  return attempts;
}

void AdviseBy(const Attempt& attempt, int missing, int missing_then, v1::VisitShortfall* shortfall) {
  if (missing_then >= missing) return;
  shortfall->add_advice(std::string("若不受") + attempt.condition + "限制，可补上 " +
                        Count(missing - missing_then) + "：请" + attempt.help);
}

v1::VisitShortfall OfTarget(const ShortfallInput& input, const std::vector<Attempt>& attempts) {
  v1::VisitShortfall shortfall;
  shortfall.set_demand("全年走访企业 " + Count(input.demands.target()));
  shortfall.set_coverage_index(-1);
  shortfall.set_asked(input.demands.target());
  shortfall.set_missing(input.solution.missing);
  if (input.candidates < input.wanted) {
    shortfall.add_advice("符合条件且有专家可派的企业只有 " + Count(input.candidates) + "，尚需 " +
                         Count(input.wanted) +
                         "：请放宽园区、行业或地区，或补录企业（含统一社会信用代码）并发布");
  }
  if (input.capacity < input.wanted) {
    shortfall.add_advice("专家在计划期内还能走访 " + std::to_string(input.capacity) + " 次，尚需 " +
                         std::to_string(input.wanted) + " 次：请增加专家、提高每月走访次数或延长起止日期");
  }
  for (const Attempt& attempt : attempts) {
    AdviseBy(attempt, input.solution.missing, attempt.solution.missing, &shortfall);
  }
  return shortfall;
}

v1::VisitShortfall OfCoverage(const ShortfallInput& input, const std::vector<Attempt>& attempts,
                              size_t group) {
  const int demand = input.groups.demand_of[group];
  const v1::VisitCoverage& coverage = input.demands.coverage(demand);
  const int missing = input.solution.group_missing[group];
  v1::VisitShortfall shortfall;
  shortfall.set_demand(CoverageText(coverage, input.taxonomies));
  shortfall.set_coverage_index(demand);
  shortfall.set_asked(coverage.min_enterprises());
  shortfall.set_missing(missing);
  const auto members = static_cast<int>(input.groups.members[static_cast<size_t>(demand)].size());
  const int needed = input.coverage_needed[static_cast<size_t>(demand)];
  if (members < needed) {
    shortfall.add_advice("这一范围内可选的企业只有 " + Count(members) + "，尚需 " + Count(needed) +
                         "：请补录并发布当地企业（含统一社会信用代码、地区与园区），或放宽行业条件");
  }
  for (const Attempt& attempt : attempts) {
    AdviseBy(attempt, missing, attempt.solution.group_missing[group], &shortfall);
  }
  return shortfall;
}

}  // namespace

StatusOr<std::vector<v1::VisitShortfall>> ExplainShortfalls(const ShortfallInput& input) {
  const std::vector<int>& open = input.solution.group_missing;
  const bool met = input.solution.missing == 0 &&
                   std::all_of(open.begin(), open.end(), [](int missing) { return missing == 0; });
  std::vector<v1::VisitShortfall> shortfalls;
  if (met) return shortfalls;
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<Attempt> attempts, TryRelaxed(input));
  if (input.solution.missing > 0) shortfalls.push_back(OfTarget(input, attempts));
  for (size_t g = 0; g < open.size(); ++g) {
    if (open[g] > 0) shortfalls.push_back(OfCoverage(input, attempts, g));
  }
  std::stable_sort(shortfalls.begin(), shortfalls.end(),
                   [](const auto& a, const auto& b) { return a.coverage_index() < b.coverage_index(); });
  for (v1::VisitShortfall& shortfall : shortfalls) {
    if (shortfall.advice().empty()) {
      shortfall.add_advice("几项条件一起不足：请同时增加专家并补录符合条件的企业");
    }
  }
  return shortfalls;
}

}  // namespace duijie::mining
