// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_plans.h"

#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {
namespace {

class VisitPlansTest : public VisitFixture {
 protected:
  VisitPlansTest() {
    for (int i = 1; i <= 6; ++i) Put(TestEnterprise(i));
    for (int i = 1; i <= 2; ++i) Put(TestExpert(i, 3));
  }

  StatusOr<v1::VisitPlan> Create(int target, const Principal& caller = Staff(),
                                 const std::string& park = "") {
    v1::CreateVisitPlanRequest request;
    request.mutable_visit_plan()->set_title("2026 年走访");
    request.mutable_visit_plan()->set_year(2026);
    request.mutable_visit_plan()->mutable_demands()->set_target(target);
    if (!park.empty()) request.mutable_visit_plan()->mutable_demands()->add_park_codes(park);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, plans_.Create(As(caller), request));
    return response.visit_plan();
  }
  StatusOr<v1::VisitPlan> Propose(const std::string& name, const Principal& caller = Staff()) {
    v1::ProposeVisitPlanRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, plans_.Propose(As(caller), request));
    return response.visit_plan();
  }
  StatusOr<v1::VisitPlan> To(const std::string& name, v1::VisitPlanState state,
                             const std::string& reason = "") {
    v1::TransitionVisitPlanRequest request;
    request.set_name(name);
    request.set_to(state);
    request.set_reason(reason);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, plans_.Transition(As(Staff()), request));
    return response.visit_plan();
  }
  std::vector<v1::Visit> VisitsOf(const std::string& plan) {
    v1::ListVisitsRequest request;
    request.set_plan(plan);
    const auto response = visits_.List(As(Staff()), request).value();
    return {response.visits().begin(), response.visits().end()};
  }
};

TEST_F(VisitPlansTest, AnAgreedPlanHasItsVisits) {
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan draft, Create(4));
  EXPECT_EQ(draft.state(), v1::VISIT_PLAN_STATE_DRAFT);
  EXPECT_THAT(To(draft.name(), v1::VISIT_PLAN_STATE_AGREED),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan proposed, Propose(draft.name()));
  EXPECT_EQ(proposed.proposal().visits_size(), 4);
  EXPECT_EQ(proposed.proposal().snapshot_revision(), 7);
  EXPECT_TRUE(VisitsOf(draft.name()).empty());
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan agreed, To(draft.name(), v1::VISIT_PLAN_STATE_AGREED));
  EXPECT_EQ(VisitsOf(draft.name()).size(), 4u);
  for (const auto& visit : agreed.proposal().visits()) EXPECT_FALSE(visit.visit().empty());
}

TEST_F(VisitPlansTest, PlanningAgainKeepsWhatIsAgreed) {
  const std::string plan = Create(4)->name();
  ASSERT_THAT(Propose(plan), IsOk());
  ASSERT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED), IsOk());
  const std::vector<v1::Visit> before = VisitsOf(plan);
  ASSERT_EQ(before.size(), 4u);
  ASSERT_THAT(Move(before[0].name(), v1::VISIT_STATE_AGREED, "2026-06-30"), IsOk());
  ASSERT_THAT(Move(before[1].name(), v1::VISIT_STATE_CANCELLED), IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan again, Propose(plan));
  EXPECT_EQ(again.proposal().visits_size(), 4);
  int kept = 0;
  for (const auto& visit : again.proposal().visits()) {
    if (!visit.kept()) continue;
    ++kept;
    EXPECT_EQ(visit.visit(), before[0].name());
    EXPECT_EQ(visit.date(), "2026-06-30");
  }
  EXPECT_EQ(kept, 1);
  ASSERT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED), IsOk());
  int standing = 0;
  for (const v1::Visit& visit : VisitsOf(plan))
    standing += visit.state() != v1::VISIT_STATE_CANCELLED ? 1 : 0;
  EXPECT_EQ(standing, 4);
  EXPECT_EQ(context_.tables.visits.Get(before[0].name())->date(), "2026-06-30");
}

TEST_F(VisitPlansTest, ASmallerPlanCancelsWhatIsNotAgreed) {
  const std::string plan = Create(4)->name();
  ASSERT_THAT(Propose(plan), IsOk());
  ASSERT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED), IsOk());
  v1::UpdateVisitPlanRequest request;
  request.mutable_visit_plan()->set_name(plan);
  request.mutable_visit_plan()->mutable_demands()->set_target(2);
  request.mutable_update_mask()->add_paths("demands");
  ASSERT_OK_AND_ASSIGN(const auto updated, plans_.Update(As(Staff()), request));
  EXPECT_EQ(updated.visit_plan().state(), v1::VISIT_PLAN_STATE_DRAFT);
  EXPECT_FALSE(updated.visit_plan().has_proposal());
  ASSERT_THAT(Propose(plan), IsOk());
  ASSERT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED), IsOk());
  std::map<v1::VisitState, int> states;
  for (const v1::Visit& visit : VisitsOf(plan)) ++states[visit.state()];
  EXPECT_EQ(states[v1::VISIT_STATE_PLANNED], 2);
  EXPECT_EQ(states[v1::VISIT_STATE_CANCELLED], 2);
}

TEST_F(VisitPlansTest, AProposalThatVisitsOvertookIsNotAgreedTo) {
  const std::string plan = Create(4)->name();
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan proposed, Propose(plan));
  const auto& first = proposed.proposal().visits(0);
  ASSERT_THAT(NewVisit(6, 1, first.date()).status(), IsOk());
  if (first.experts(0) != "experts/x101") {
    ASSERT_THAT(NewVisit(5, 2, first.date()).status(), IsOk());
  }
  EXPECT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED),
              StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_TRUE(VisitsOf(plan).empty()) << "all or nothing";
}

TEST_F(VisitPlansTest, ExpertsAreLookedAtAgainWhenAPlanIsAgreedTo) {
  const std::string plan = Create(4)->name();
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan proposed, Propose(plan));
  const auto& first = proposed.proposal().visits(0);
  v1::Expert expert = TestExpert(first.experts(0).back() - '0', 3);
  expert.add_conflict_credit_codes(first.credit_code());
  Put(expert);
  EXPECT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED),
              StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  expert.clear_conflict_credit_codes();
  expert.set_state(v1::RECORD_STATE_WITHDRAWN);
  Put(expert);
  EXPECT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED),
              StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  expert.set_state(v1::RECORD_STATE_PUBLISHED);
  Put(expert);
  EXPECT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED), IsOk());
}

TEST_F(VisitPlansTest, WhoWelcomedPushesIsVisitedFirst) {
  std::vector<v1::PushState> asked;
  context_.list_pushes = [&](const rpc::CallContext&,
                             const v1::ListPushesRequest& request) -> StatusOr<v1::ListPushesResponse> {
    asked.push_back(request.state());
    v1::ListPushesResponse response;
    v1::Push push;
    push.set_state(request.state());
    if (request.state() == v1::PUSH_STATE_INTERESTED) {
      push.set_enterprise("enterprises/e105");
      *response.add_pushes() = push;
    } else if (request.state() == v1::PUSH_STATE_ENDED) {  // never welcome
      push.set_enterprise("enterprises/e106");
      *response.add_pushes() = push;
      *response.add_pushes() = push;
    }
    return response;
  };
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan proposed, Propose(Create(1)->name()));
  ASSERT_EQ(proposed.proposal().visits_size(), 1);
  EXPECT_EQ(proposed.proposal().visits(0).enterprise(), "enterprises/e105");
  EXPECT_EQ(asked, (std::vector<v1::PushState>{v1::PUSH_STATE_INTERESTED, v1::PUSH_STATE_IN_TALKS,
                                               v1::PUSH_STATE_CONTRACTED, v1::PUSH_STATE_ENDED}));
}

TEST_F(VisitPlansTest, UnmetDemandsNeedAReason) {
  const std::string plan = Create(50)->name();
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan proposed, Propose(plan));
  ASSERT_EQ(proposed.proposal().shortfalls_size(), 1);
  EXPECT_EQ(proposed.proposal().shortfalls(0).missing(), 44);
  EXPECT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED), StatusIs(StatusCode::kFailedPrecondition, "INFEASIBLE"));
  EXPECT_THAT(To(plan, v1::VISIT_PLAN_STATE_AGREED, "先走访这些"), IsOk());
}

TEST_F(VisitPlansTest, PlansAreForStaffWhoseParksTheyAreOf) {
  const Principal here = Staff("hs-gxq"), there = Staff("sjz-gxq");
  EXPECT_THAT(Create(2, here), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN")) << "all parks";
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan plan, Create(2, here, "hs-gxq"));
  v1::GetVisitPlanRequest request;
  request.set_name(plan.name());
  EXPECT_THAT(plans_.Get(As(here), request), IsOk());
  EXPECT_THAT(plans_.Get(As(there), request), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(plans_.Get(As(EnterpriseOf("enterprises/e101")), request), StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(plans_.List(As(there), {})->visit_plans_size(), 0);
  EXPECT_EQ(plans_.List(As(here), {})->visit_plans_size(), 1);
  EXPECT_THAT(Propose(plan.name(), there), StatusIs(StatusCode::kNotFound));
}

TEST_F(VisitPlansTest, OnlyEnterprisesThatTheCallerSeesAreChosen) {
  v1::Enterprise hidden = TestEnterprise(9, "131102", "sjz-gxq");
  hidden.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  Put(hidden);
  v1::Enterprise unpublished = TestEnterprise(10);
  unpublished.set_state(v1::RECORD_STATE_DRAFT);
  Put(unpublished);
  const std::string plan = Create(50, Staff("hs-gxq"), "hs-gxq")->name();
  ASSERT_OK_AND_ASSIGN(const v1::VisitPlan proposed, Propose(plan, Staff("hs-gxq")));
  EXPECT_EQ(proposed.proposal().visits_size(), 6);
}

TEST_F(VisitPlansTest, FieldsAreChecked) {
  v1::CreateVisitPlanRequest request;
  request.mutable_visit_plan()->set_year(2026);
  v1::VisitDemands& demands = *request.mutable_visit_plan()->mutable_demands();
  demands.set_target(1001);
  demands.add_park_codes("nowhere");
  demands.add_industry_codes("X9");
  demands.set_starts_on("2025-12-31");
  demands.add_experts("needs/a");
  demands.add_coverage();
  const auto response = plans_.Create(As(Staff()), request);
  ASSERT_THAT(response, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  std::set<std::string> fields;
  for (const FieldViolation& violation : ViolationsOf(response.status())) fields.insert(violation.field);
  for (const char* field :
       {"visit_plan.title", "visit_plan.demands.target", "visit_plan.demands.park_codes[0]",
        "visit_plan.demands.industry_codes[0]", "visit_plan.demands.starts_on",
        "visit_plan.demands.experts[0]", "visit_plan.demands.coverage[0]",
        "visit_plan.demands.coverage[0].min_enterprises"}) {
    EXPECT_TRUE(fields.contains(field)) << field;
  }
}

}  // namespace
}  // namespace duijie::testing
