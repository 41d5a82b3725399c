// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_planner.h"

#include <iostream>
#include <random>
#include <set>

#include "services/mining/visits/visit_checks.h"
#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {
namespace {

using mining::PlanningInput;
using ::testing::HasSubstr;

PlanningInput Input(int target) {
  PlanningInput input;
  input.plan = "visitPlans/p";
  input.year = 2026;
  input.as_of = *mining::ParseVisitDay("2026-01-05");
  input.demands.set_target(target);
  mining::CompleteDemands(2026, &input.demands);
  return input;
}

void AddEnterprises(int count, PlanningInput* input, const std::string& region = "131102") {
  for (int i = 0; i < count; ++i) {
    input->enterprises.push_back(
        {TestEnterprise(static_cast<int>(input->enterprises.size()), region), 0, 0, {}});
  }
}

v1::VisitProposal Propose(const PlanningInput& input) {
  return mining::MakeProposal(input, SourceYieldModel(), *SourceTaxonomies()).value();
}

v1::Visit Standing(const v1::Enterprise& enterprise, const v1::Expert& expert, const std::string& date,
                   v1::VisitState state, const std::string& plan = "visitPlans/p") {
  v1::Visit visit;
  visit.set_name("visits/of-" + enterprise.title());
  visit.set_plan(plan);
  visit.set_enterprise(enterprise.name());
  visit.set_enterprise_title(enterprise.title());
  visit.set_credit_code(enterprise.credit_code());
  visit.set_region_code(enterprise.region_code());
  visit.set_park_code(enterprise.park_code());
  visit.add_experts(expert.name());
  visit.set_date(date);
  visit.set_state(state);
  return visit;
}

// A plan with conflicts, limits, standing visits and coverage, some of which cannot be met.
PlanningInput RandomInput(std::mt19937* random) {
  const auto below = [&](int limit) { return static_cast<int>((*random)() % static_cast<unsigned>(limit)); };
  const std::vector<std::string> regions = {"131102", "131121", "130102", "110105", ""};
  PlanningInput input = Input(1 + below(30));
  const int enterprises = 5 + below(40);
  for (int i = 0; i < enterprises; ++i) {
    AddEnterprises(1, &input, regions[static_cast<size_t>(below(5))]);
    input.enterprises.back().needs = below(5);
    input.enterprises.back().valid_needs = below(input.enterprises.back().needs + 1);
    if (below(10) == 0) input.enterprises.back().record.clear_credit_code();
  }
  const int experts = 1 + below(5);
  for (int x = 0; x < experts; ++x) {
    v1::Expert expert = TestExpert(x, below(4), regions[static_cast<size_t>(below(5))]);
    for (int i = 0; i < 5; ++i) expert.add_conflict_credit_codes(CreditCode(below(enterprises)));
    input.experts.push_back(expert);
  }
  const v1::VisitTravel travels[] = {v1::VISIT_TRAVEL_ANY, v1::VISIT_TRAVEL_SAME_PROVINCE,
                                     v1::VISIT_TRAVEL_SAME_CITY};
  input.demands.set_travel(travels[below(3)]);
  input.demands.set_ends_on(below(2) == 0 ? "2026-12-31" : "2026-03-31");
  for (const char* region : {"1311", "131102", "1301"}) {
    if (below(2) == 0) continue;
    v1::VisitCoverage& coverage = *input.demands.add_coverage();
    coverage.set_region_code(std::string(region) + (std::string(region).size() == 4 ? "00" : ""));
    coverage.set_min_enterprises(1 + below(6));
  }
  const v1::VisitState states[] = {v1::VISIT_STATE_AGREED, v1::VISIT_STATE_HELD, v1::VISIT_STATE_SIGNED};
  for (int i = 0; i < below(6); ++i) {
    const auto& enterprise = input.enterprises[static_cast<size_t>(i)].record;
    const Day day = *mining::ParseVisitDay("2026-02-02") + std::chrono::days(i);
    input.standing.push_back(Standing(enterprise, input.experts[0], FormatDay(day), states[below(3)]));
  }
  return input;
}

void CheckRules(const PlanningInput& input, const v1::VisitProposal& proposal) {
  std::set<std::string> bookings, codes, kept;
  std::map<std::string, int> monthly;
  std::map<std::string, const v1::Expert*> experts;
  std::map<std::string, std::string> code_of;
  for (const v1::Expert& expert : input.experts) experts[expert.name()] = &expert;
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    for (const std::string& expert : visit.experts()) {
      EXPECT_TRUE(bookings.insert(expert + visit.date()).second) << expert << " twice on " << visit.date();
      ++monthly[expert + visit.date().substr(0, 7)];
      if (visit.kept()) continue;
      const v1::Expert& who = *experts.at(expert);
      EXPECT_FALSE(mining::HasConflict(who, visit.credit_code()));
      const int limit = who.max_visits_per_month() > 0 ? who.max_visits_per_month()
                                                       : input.demands.default_visits_per_month();
      EXPECT_LE(monthly[expert + visit.date().substr(0, 7)], std::max(limit, 0)) << expert;
      const auto distance = mining::DistanceBetween(visit.region_code(), who.region_code());
      if (input.demands.travel() == v1::VISIT_TRAVEL_SAME_CITY) {
        EXPECT_EQ(distance, mining::Distance::kSameCity);
      }
    }
    if (visit.kept()) kept.insert(visit.visit() + visit.date() + visit.experts(0));
    EXPECT_FALSE(visit.reasons().empty());
    if (visit.kept()) continue;
    EXPECT_TRUE(codes.insert(visit.credit_code()).second) << "an enterprise twice";
    EXPECT_GT(visit.date(), FormatDay(input.as_of));
    EXPECT_LE(visit.date(), input.demands.ends_on());
    double sum = 0;
    for (const auto& term : visit.yield().terms()) sum += term.value();
    EXPECT_NEAR(sum, visit.yield().expected(), 1e-9);
  }
  for (const v1::Visit& visit : input.standing) {
    EXPECT_TRUE(kept.contains(visit.name() + visit.date() + visit.experts(0)))
        << "a visit that stands was lost";
    EXPECT_FALSE(codes.contains(visit.credit_code())) << "visited twice in a year";
  }
}

// Every demand is met, or explained with the right number.
void CheckDemands(const PlanningInput& input, const v1::VisitProposal& proposal) {
  std::map<int, int> missing;
  for (const v1::VisitShortfall& shortfall : proposal.shortfalls()) {
    missing[shortfall.coverage_index()] = shortfall.missing();
    EXPECT_GT(shortfall.missing(), 0);
    EXPECT_FALSE(shortfall.advice().empty()) << shortfall.demand();
  }
  std::set<std::string> codes;
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    if (!visit.credit_code().empty()) codes.insert(visit.credit_code());
  }
  EXPECT_GE(static_cast<int>(codes.size()) + missing[-1], input.demands.target());
  for (int c = 0; c < input.demands.coverage_size(); ++c) {
    std::set<std::string> covered;
    for (const v1::PlannedVisit& visit : proposal.visits()) {
      if (!visit.credit_code().empty() && SourceTaxonomies()->regions.IsSelfOrDescendant(
                                              visit.region_code(), input.demands.coverage(c).region_code())) {
        covered.insert(visit.credit_code());
      }
    }
    EXPECT_GE(static_cast<int>(covered.size()) + missing[c], input.demands.coverage(c).min_enterprises());
  }
}

TEST(VisitPlannerTest, RandomPlansBreakNoRule) {
  const unsigned seed = 20260815;
  std::cout << "seed " << seed << "\n";
  std::mt19937 random(seed);
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    const PlanningInput input = RandomInput(&random);
    const v1::VisitProposal proposal = Propose(input);
    CheckRules(input, proposal);
    CheckDemands(input, proposal);
    EXPECT_EQ(proposal.SerializeAsString(), Propose(input).SerializeAsString()) << "not the same plan again";
  }
}

TEST(VisitPlannerTest, TheExpertsWhoFitBestGoWhereTheyFit) {
  PlanningInput input = Input(2);
  AddEnterprises(2, &input);
  input.enterprises[1].record.clear_industry_codes();
  input.enterprises[1].record.add_industry_codes("A011");
  input.experts = {TestExpert(0), TestExpert(1)};
  input.experts[1].clear_industry_codes();
  input.experts[1].add_industry_codes("A011");
  const v1::VisitProposal proposal = Propose(input);
  ASSERT_EQ(proposal.visits_size(), 2);
  for (const v1::PlannedVisit& visit : proposal.visits()) {
    EXPECT_EQ(visit.enterprise().back(), visit.experts(0).back()) << visit.enterprise() << visit.experts(0);
  }
}

TEST(VisitPlannerTest, TooFewEnterprisesOfACountyAreTold) {
  PlanningInput input = Input(3);
  AddEnterprises(5, &input);
  AddEnterprises(1, &input, "131121");
  input.experts = {TestExpert(0)};
  v1::VisitCoverage& coverage = *input.demands.add_coverage();
  coverage.set_region_code("131121");
  coverage.set_min_enterprises(3);
  const v1::VisitProposal proposal = Propose(input);
  ASSERT_EQ(proposal.shortfalls_size(), 1);
  EXPECT_EQ(proposal.shortfalls(0).missing(), 2);
  EXPECT_EQ(proposal.shortfalls(0).coverage_index(), 0);
  EXPECT_THAT(proposal.shortfalls(0).demand(), HasSubstr("枣强县至少 3 家"));
  EXPECT_THAT(proposal.shortfalls(0).advice(0), HasSubstr("只有 1 家"));
  EXPECT_EQ(proposal.visits_size(), 3) << "the target is reached elsewhere";
}

TEST(VisitPlannerTest, TooFewVisitsOfExpertsAreTold) {
  PlanningInput input = Input(10);
  input.demands.set_ends_on("2026-02-28");
  AddEnterprises(20, &input);
  input.experts = {TestExpert(0, 3)};
  const v1::VisitProposal proposal = Propose(input);
  ASSERT_EQ(proposal.shortfalls_size(), 1);
  EXPECT_EQ(proposal.shortfalls(0).missing(), 4);
  EXPECT_THAT(proposal.shortfalls(0).advice(0), HasSubstr("还能走访 6 次"));
  EXPECT_THAT(proposal.shortfalls(0).advice(1), HasSubstr("若不受专家次数限制，可补上 4 家"));
}

TEST(VisitPlannerTest, ConflictsThatStandInTheWayAreTold) {
  PlanningInput input = Input(2);
  AddEnterprises(2, &input);
  input.experts = {TestExpert(0)};
  input.experts[0].add_conflict_credit_codes(input.enterprises[0].record.credit_code());
  const v1::VisitProposal proposal = Propose(input);
  ASSERT_EQ(proposal.shortfalls_size(), 1);
  EXPECT_THAT(proposal.shortfalls(0).ShortDebugString(), HasSubstr("coverage_index: -1"));
  EXPECT_THAT(proposal.shortfalls(0).advice(1), HasSubstr("若不受回避关系限制，可补上 1 家"));
  ASSERT_EQ(proposal.exclusions_size(), 1);
  EXPECT_EQ(proposal.exclusions(0).enterprises(), 1);
}

TEST(VisitPlannerTest, CoverageAboveTheTargetIsTold) {
  PlanningInput input = Input(2);
  AddEnterprises(5, &input);
  input.experts = {TestExpert(0)};
  v1::VisitCoverage& coverage = *input.demands.add_coverage();
  coverage.set_region_code("131100");
  coverage.set_min_enterprises(3);
  const v1::VisitProposal proposal = Propose(input);
  ASSERT_EQ(proposal.shortfalls_size(), 1);
  EXPECT_EQ(proposal.shortfalls(0).missing(), 1);
  EXPECT_THAT(proposal.shortfalls(0).advice(0), HasSubstr("目标数"));
}

TEST(VisitPlannerTest, DemandsThatCrossAreRefused) {
  PlanningInput input = Input(2);
  AddEnterprises(1, &input);
  input.enterprises.push_back({TestEnterprise(50, "131102", ""), 0, 0, {}});
  input.enterprises.push_back({TestEnterprise(51, "131121", "hs-gxq"), 0, 0, {}});
  input.experts = {TestExpert(0)};
  input.demands.add_coverage()->set_region_code("131102");
  input.demands.add_coverage()->set_park_code("hs-gxq");
  EXPECT_THAT(mining::MakeProposal(input, SourceYieldModel(), *SourceTaxonomies()),
              StatusIs(StatusCode::kFailedPrecondition, "INFEASIBLE"));
}

TEST(VisitPlannerTest, WhatIsAgreedElsewhereBlocksDaysAndEnterprises) {
  PlanningInput input = Input(3);
  AddEnterprises(3, &input);
  input.experts = {TestExpert(0, 1)};
  input.standing.push_back(Standing(input.enterprises[0].record, input.experts[0], "2026-01-20",
                                    v1::VISIT_STATE_PLANNED, "visitPlans/other"));
  const v1::VisitProposal proposal = Propose(input);
  ASSERT_EQ(proposal.visits_size(), 2) << "only planned elsewhere: not kept, not visited again";
  for (const v1::PlannedVisit& visit : proposal.visits()) EXPECT_GT(visit.date(), "2026-01-31");
}

TEST(VisitPlannerTest, APastYearHasNoDays) {
  PlanningInput input = Input(1);
  AddEnterprises(1, &input);
  input.experts = {TestExpert(0)};
  input.as_of = *mining::ParseVisitDay("2026-12-31");
  const v1::VisitProposal proposal = Propose(input);
  EXPECT_EQ(proposal.visits_size(), 0);
  EXPECT_EQ(proposal.shortfalls_size(), 1);
}

}  // namespace
}  // namespace duijie::testing
