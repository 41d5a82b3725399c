// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_planner.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "services/mining/visits/coverage_groups.h"
#include "services/mining/visits/visit_schedule.h"
#include "services/mining/visits/visit_shortfalls.h"

namespace duijie::mining {
namespace {

constexpr double kFlowUnit = 1e-5;  // of yield

std::string Fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2f", value);
  return text;
}

const char* DistanceText(Distance distance) {
  switch (distance) {
    case Distance::kSameCity:
      return "与专家同市";
    case Distance::kSameProvince:
      return "与专家同省不同市";
    case Distance::kElsewhere:
      return "与专家不同省";
    case Distance::kUnknown:
      break;
  }
  return "企业或专家未说明所在地区";
}

bool MayTravel(v1::VisitTravel travel, Distance distance) {
  if (travel == v1::VISIT_TRAVEL_SAME_CITY) return distance == Distance::kSameCity;
  if (travel == v1::VISIT_TRAVEL_SAME_PROVINCE) {
    return distance == Distance::kSameCity || distance == Distance::kSameProvince;
  }
  return true;
}

// One run over one input.
class Planner {
 public:
  Planner(const PlanningInput& input, const YieldModel& model, const TaxonomySet& taxonomies)
      : input_(input), model_(model), taxonomies_(taxonomies) {}

  StatusOr<v1::VisitProposal> Run() {
    KeepStanding();
    ChooseCandidates();
    MakeCalendars();
    ScorePairs();
    std::vector<const v1::Enterprise*> places;
    for (const EnterpriseFacts* candidate : candidates_) places.push_back(&candidate->record);
    DUIJIE_ASSIGN_OR_RETURN(groups_, GroupByCoverage(input_.demands, places, taxonomies_));
    LowerBounds();
    DUIJIE_ASSIGN_OR_RETURN(const FlowSolution solution, Solve({}));
    AddChosen(solution);
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::VisitShortfall> shortfalls,
                            ExplainShortfalls(Open(solution)));
    for (const v1::VisitShortfall& shortfall : shortfalls) *proposal_.add_shortfalls() = shortfall;
    return Finish();
  }

 private:
  struct Pair {
    int64_t value = 0;
    bool conflict = false;
    bool too_far = false;
  };

  void KeepStanding() {
    std::set<std::string> eligible;
    for (const EnterpriseFacts& enterprise : input_.enterprises) eligible.insert(enterprise.record.name());
    for (const v1::Visit& visit : input_.standing) {
      for (const std::string& expert : visit.experts()) {
        if (const auto day = ParseVisitDay(visit.date())) busy_[expert].insert(*day);
      }
      taken_.insert(visit.enterprise());
      if (!visit.credit_code().empty()) taken_codes_.insert(visit.credit_code());
      const bool ours = visit.plan() == input_.plan || eligible.contains(visit.enterprise());
      if (ours && visit.state() != v1::VISIT_STATE_PLANNED) Keep(visit);
    }
  }

  void Keep(const v1::Visit& visit) {
    v1::PlannedVisit& kept = *proposal_.add_visits();
    kept.set_enterprise(visit.enterprise());
    kept.set_enterprise_title(visit.enterprise_title());
    kept.set_credit_code(visit.credit_code());
    kept.set_region_code(visit.region_code());
    kept.set_park_code(visit.park_code());
    *kept.mutable_experts() = visit.experts();
    *kept.mutable_expert_titles() = visit.expert_titles();
    kept.set_date(visit.date());
    kept.set_visit(visit.name());
    kept.set_kept(true);
    kept.add_reasons(visit.state() == v1::VISIT_STATE_AGREED ? "已与企业约定，保留" : "已走访，保留");
    if (!visit.credit_code().empty() && kept_codes_.insert(visit.credit_code()).second) {
      kept_places_.emplace_back(visit.region_code(), visit.park_code());
    }
  }

  void ChooseCandidates() {
    int without_code = 0, taken = 0;
    std::set<std::string> codes = taken_codes_;
    for (const EnterpriseFacts& enterprise : input_.enterprises) {
      const std::string& code = enterprise.record.credit_code();
      if (taken_.contains(enterprise.record.name()) || (!code.empty() && taken_codes_.contains(code))) {
        ++taken;
      } else if (code.empty() || !codes.insert(code).second) {
        ++without_code;
      } else {
        candidates_.push_back(&enterprise);
      }
    }
    Exclude("没有统一社会信用代码，走访了也不能计数", without_code);
    Exclude("本年已有走访安排", taken);
  }

  void Exclude(const char* reason, int enterprises) {
    if (enterprises == 0) return;
    v1::VisitExclusion& exclusion = *proposal_.add_exclusions();
    exclusion.set_reason(reason);
    exclusion.set_enterprises(enterprises);
  }

  void MakeCalendars() {
    const std::vector<Day> days =
        WorkingDays(input_.demands, input_.year, input_.as_of + std::chrono::days(1));
    for (const ExpertFacts& expert : input_.experts) {
      const int stated = expert.max_visits_per_month();
      const int per_month = stated > 0 ? stated : input_.demands.default_visits_per_month();
      calendars_.emplace_back(days, busy_[expert.name()], per_month);
    }
  }

  void ScorePairs() {
    for (const ExpertFacts& expert : input_.experts) agreements_.emplace_back(expert, taxonomies_);
    int no_expert = 0;
    for (const EnterpriseFacts* candidate : candidates_) {
      double own = 0;
      for (const v1::VisitYieldTerm& term : model_.EnterpriseTerms(*candidate, input_.as_of))
        own += term.value();
      std::vector<Pair>& pairs = pairs_.emplace_back();
      for (size_t x = 0; x < input_.experts.size(); ++x) pairs.push_back(Score(*candidate, own, x));
      const bool reachable = std::any_of(pairs.begin(), pairs.end(),
                                         [](const Pair& pair) { return !pair.conflict && !pair.too_far; });
      reachable_ += reachable ? 1 : 0;
      no_expert += reachable ? 0 : 1;
    }
    Exclude("没有专家可派（回避关系或出行范围）", no_expert);
    proposal_.set_candidates(reachable_);
  }

  Pair Score(const EnterpriseFacts& candidate, double own, size_t x) {
    const ExpertFacts& expert = input_.experts[x];
    const Distance distance = DistanceBetween(candidate.record.region_code(), expert.region_code());
    const double agreement = agreements_[x].With(candidate.record) * model_.agreement_weight();
    const double net = own + agreement - model_.TravelCost(distance);
    const auto limit = static_cast<double>(kMaxFlowValue);
    return {std::llround(std::clamp(net / kFlowUnit, -limit, limit)),
            HasConflict(expert, candidate.record.credit_code()),
            !MayTravel(input_.demands.travel(), distance)};
  }

  // Coverage that kept visits give already.
  void LowerBounds() {
    for (int demand = 0; demand < input_.demands.coverage_size(); ++demand) {
      const v1::VisitCoverage& coverage = input_.demands.coverage(demand);
      const auto kept = std::count_if(kept_places_.begin(), kept_places_.end(), [&](const auto& place) {
        return IsCovered(coverage, place.first, place.second, taxonomies_);
      });
      needed_.push_back(std::max(0, coverage.min_enterprises() - static_cast<int>(kept)));
    }
    for (size_t g = 0; g < groups_.groups.size(); ++g) {
      groups_.groups[g].at_least = needed_[static_cast<size_t>(groups_.demand_of[g])];
    }
    wanted_ = std::max(0, input_.demands.target() - static_cast<int>(kept_codes_.size()));
    for (const ExpertCalendar& calendar : calendars_) capacity_ += calendar.capacity();
  }

  StatusOr<FlowSolution> Solve(const Relaxation& relaxation) const {
    FlowProblem problem;
    problem.wanted = std::min(kMaxFlowWanted, wanted_ + relaxation.more_wanted);
    problem.groups = groups_.groups;
    for (const ExpertCalendar& calendar : calendars_) {
      problem.capacities.push_back(relaxation.no_capacity ? problem.wanted : calendar.capacity());
    }
    for (size_t e = 0; e < candidates_.size(); ++e) {
      FlowEnterprise& enterprise = problem.enterprises.emplace_back();
      enterprise.group = groups_.group_of[e];
      for (size_t x = 0; x < input_.experts.size(); ++x) {
        const Pair& pair = pairs_[e][x];
        if ((pair.conflict && !relaxation.no_conflict) || (pair.too_far && !relaxation.no_travel)) continue;
        enterprise.options.push_back({static_cast<int>(x), pair.value});
      }
    }
    return SolveFlow(problem);
  }

  ShortfallInput Open(const FlowSolution& solution) const {
    return {input_.demands, groups_, solution,
            taxonomies_,    wanted_, reachable_,
            capacity_,      needed_, [this](const Relaxation& relaxation) { return Solve(relaxation); }};
  }

  void AddChosen(const FlowSolution& solution) {
    RankCandidates();
    std::map<int, std::vector<size_t>> by_expert;
    for (size_t e = 0; e < candidates_.size(); ++e) {
      if (solution.expert_of[e] >= 0) by_expert[solution.expert_of[e]].push_back(e);
    }
    for (auto& [x, chosen] : by_expert) {
      // Neighbours one after another, so that they may be visited on one journey.
      std::stable_sort(chosen.begin(), chosen.end(), [&](size_t a, size_t b) {
        return candidates_[a]->record.region_code() < candidates_[b]->record.region_code();
      });
      const std::vector<Day> days =
          calendars_[static_cast<size_t>(x)].Spread(static_cast<int>(chosen.size()));
      for (size_t i = 0; i < chosen.size(); ++i) AddVisit(chosen[i], static_cast<size_t>(x), days[i]);
    }
  }

  // 1 = the greatest value that any allowed expert gives.
  void RankCandidates() {
    std::vector<std::pair<int64_t, size_t>> order;
    for (size_t e = 0; e < candidates_.size(); ++e) {
      int64_t best = -kMaxFlowValue;
      for (const Pair& pair : pairs_[e]) {
        if (!pair.conflict && !pair.too_far) best = std::max(best, pair.value);
      }
      order.emplace_back(-best, e);
    }
    std::sort(order.begin(), order.end());
    rank_.resize(order.size());
    for (size_t i = 0; i < order.size(); ++i) rank_[order[i].second] = i + 1;
  }

  v1::VisitYield YieldOf(const EnterpriseFacts& candidate, size_t x) {
    v1::VisitYield yield;
    for (v1::VisitYieldTerm& term : model_.EnterpriseTerms(candidate, input_.as_of)) {
      *yield.add_terms() = std::move(term);
    }
    *yield.add_terms() =
        model_.AgreementTerm(agreements_[x].With(candidate.record), agreements_[x].TextFor(candidate.record));
    double expected = 0;
    for (const v1::VisitYieldTerm& term : yield.terms()) expected += term.value();
    yield.set_expected(expected);
    const Distance distance =
        DistanceBetween(candidate.record.region_code(), input_.experts[x].region_code());
    yield.set_travel_cost(model_.TravelCost(distance));
    yield.set_travel_text(DistanceText(distance));
    return yield;
  }

  void AddVisit(size_t e, size_t x, Day day) {
    const EnterpriseFacts& candidate = *candidates_[e];
    v1::PlannedVisit& visit = *proposal_.add_visits();
    visit.set_enterprise(candidate.record.name());
    visit.set_enterprise_title(candidate.record.title());
    visit.set_credit_code(candidate.record.credit_code());
    visit.set_region_code(candidate.record.region_code());
    visit.set_park_code(candidate.record.park_code());
    visit.add_experts(input_.experts[x].name());
    visit.add_expert_titles(input_.experts[x].title());
    visit.set_date(FormatDay(day));
    *visit.mutable_yield() = YieldOf(candidate, x);
    proposal_.set_expected_yield(proposal_.expected_yield() + visit.yield().expected());
    visit.add_reasons("预期带来有效需求 " + Fixed(visit.yield().expected()) + " 项，在 " +
                      std::to_string(reachable_) + " 家可选企业中列第 " + std::to_string(rank_[e]));
    for (const v1::VisitCoverage& coverage : input_.demands.coverage()) {
      if (IsCovered(coverage, candidate.record.region_code(), candidate.record.park_code(), taxonomies_)) {
        visit.add_reasons("计入覆盖要求：" + CoverageText(coverage, taxonomies_));
      }
    }
    const auto& agreement = visit.yield().terms(visit.yield().terms_size() - 1);
    visit.add_reasons("派专家" + input_.experts[x].title() + "：" + agreement.text() + "；" +
                      visit.yield().travel_text());
  }

  v1::VisitProposal Finish() {
    auto& visits = *proposal_.mutable_visits();
    std::sort(visits.pointer_begin(), visits.pointer_end(),
              [](const v1::PlannedVisit* a, const v1::PlannedVisit* b) {
                return std::tie(a->date(), a->enterprise()) < std::tie(b->date(), b->enterprise());
              });
    proposal_.set_snapshot_revision(input_.snapshot_revision);
    proposal_.set_as_of(FormatDay(input_.as_of));
    proposal_.set_yield_model(model_.version());
    return std::move(proposal_);
  }

  const PlanningInput& input_;
  const YieldModel& model_;
  const TaxonomySet& taxonomies_;
  v1::VisitProposal proposal_;
  std::map<std::string, std::set<Day>> busy_;  // by expert
  std::set<std::string> taken_, taken_codes_, kept_codes_;
  std::vector<std::pair<std::string, std::string>> kept_places_;  // region, park
  std::vector<const EnterpriseFacts*> candidates_;
  std::vector<ExpertCalendar> calendars_;   // by expert
  std::vector<FieldAgreement> agreements_;  // by expert
  std::vector<std::vector<Pair>> pairs_;    // by candidate, expert
  std::vector<size_t> rank_;                // by candidate
  CoverageGroups groups_;
  std::vector<int> needed_;  // by coverage demand
  int wanted_ = 0, capacity_ = 0, reachable_ = 0;
};

}  // namespace

StatusOr<v1::VisitProposal> MakeProposal(const PlanningInput& input, const YieldModel& model,
                                         const TaxonomySet& taxonomies) {
  if (input.enterprises.size() > kMaxFlowEnterprises ||
      input.enterprises.size() * std::max<size_t>(1, input.experts.size()) > kMaxFlowOptions) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "企业或专家过多，请缩小计划的范围");
  }
  return Planner(input, model, taxonomies).Run();
}

}  // namespace duijie::mining
