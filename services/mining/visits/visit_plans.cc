// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_plans.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/resources/paging.h"
#include "services/mining/visits/visit_catalog.h"
#include "services/mining/visits/visit_checks.h"
#include "services/mining/visits/visit_digest.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

constexpr int kMaxProposalBytes = 4 * 1024 * 1024;  // stays below the store's limit of a record

Status Outdated() {
  return Error(StatusCode::kFailedPrecondition, "WRONG_STATE",
               "提出方案之后走访安排已有变化，请重新提出方案");
}

v1::VisitPlan InputOf(const v1::VisitPlan& asked) {
  v1::VisitPlan plan;
  plan.set_title(asked.title());
  plan.set_year(asked.year());
  *plan.mutable_demands() = asked.demands();
  return plan;
}

v1::Visit VisitOf(const v1::PlannedVisit& planned) {
  v1::Visit visit;
  visit.set_enterprise(planned.enterprise());
  visit.set_enterprise_title(planned.enterprise_title());
  visit.set_credit_code(planned.credit_code());
  visit.set_region_code(planned.region_code());
  visit.set_park_code(planned.park_code());
  return visit;
}

void TakeSchedule(const v1::PlannedVisit& planned, v1::Visit* visit) {
  *visit->mutable_experts() = planned.experts();
  *visit->mutable_expert_titles() = planned.expert_titles();
  visit->set_date(planned.date());
  *visit->mutable_yield() = planned.yield();
  visit->set_content_digest(DigestOf(*visit));
}

bool IsOnlyPlanned(const v1::Visit& visit, const std::string& plan) {
  return visit.plan() == plan && visit.state() == v1::VISIT_STATE_PLANNED;
}

// Whether the experts of the proposal may still make its visits: published, without a conflict, and none over
// the month that it states, beside the visits that stand.
Status CheckExpertsStill(const CatalogView& catalog, const v1::VisitPlan& plan,
                         const std::vector<v1::Visit>& standing) {
  std::map<std::string, std::map<std::string, int>> months;  // visits by expert and month
  const auto count = [&](const auto& visit) {
    for (const std::string& expert : visit.experts()) ++months[expert][visit.date().substr(0, kMonthLength)];
  };
  std::set<std::string> names;
  for (const v1::PlannedVisit& visit : plan.proposal().visits()) {
    if (visit.kept()) continue;
    count(visit);
    names.insert(visit.experts().begin(), visit.experts().end());
  }
  for (const v1::Visit& visit : standing) {
    if (!IsOnlyPlanned(visit, plan.name())) count(visit);
  }
  const StatusOr<std::vector<v1::Expert>> experts = catalog.Experts(names, "experts");
  if (!experts.ok()) {
    return experts.status().code() == StatusCode::kInvalidArgument ? Outdated() : experts.status();
  }
  for (const v1::Expert& expert : *experts) {
    if (expert.max_visits_per_month() == 0) continue;
    for (const auto& [month, visits] : months[expert.name()]) {
      if (visits > expert.max_visits_per_month()) return Outdated();
    }
  }
  for (const v1::PlannedVisit& visit : plan.proposal().visits()) {
    for (const v1::Expert& expert : *experts) {
      const auto& sent = visit.experts();
      const bool goes = !visit.kept() && std::find(sent.begin(), sent.end(), expert.name()) != sent.end();
      if (goes && HasConflict(expert, visit.credit_code())) return Outdated();
    }
  }
  return OkStatus();
}

// Whether the visits that stand now are those that the proposal kept, and nothing else took an enterprise.
bool IsCurrent(const v1::VisitPlan& plan, const std::vector<v1::Visit>& standing) {
  std::map<std::string, const v1::PlannedVisit*> kept;
  std::set<std::string> chosen;
  for (const v1::PlannedVisit& visit : plan.proposal().visits()) {
    if (visit.kept()) {
      kept[visit.visit()] = &visit;
    } else {
      chosen.insert(visit.enterprise());
    }
  }
  size_t found = 0;
  for (const v1::Visit& visit : standing) {
    if (IsOnlyPlanned(visit, plan.name())) continue;
    if (const auto entry = kept.find(visit.name()); entry != kept.end()) {
      ++found;
      const v1::PlannedVisit& then = *entry->second;
      if (then.date() != visit.date() || Joined(then.experts()) != Joined(visit.experts())) return false;
    } else if (visit.plan() == plan.name() || chosen.contains(visit.enterprise())) {
      return false;
    }
  }
  return found == kept.size();
}

}  // namespace

Status VisitPlans::CheckAsked(const rpc::CallContext& call, const v1::VisitPlan& plan) const {
  Violations wrong;
  CheckPlan(plan, *context_.taxonomies, &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  if (MaySeePlan(call.principal(), plan)) return OkStatus();
  return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "计划的园区须在本密钥的范围之内");
}

StatusOr<v1::VisitPlan> VisitPlans::Stored(const WriteRequest& write, v1::VisitPlan plan,
                                           std::vector<Mutation> more) const {
  const UnixMicros now = context_.store().Now();
  if (plan.ByteSizeLong() > kMaxProposalBytes) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "方案过大，请缩小计划的范围");
  }
  const bool is_new = plan.etag().empty();
  std::vector<Mutation> mutations = {is_new ? context_.tables.plans.Create(plan, now)
                                            : context_.tables.plans.Replace(plan, now)};
  std::move(more.begin(), more.end(), std::back_inserter(mutations));
  DUIJIE_RETURN_IF_ERROR(context_.store().Commit(write, std::move(mutations)).status());
  return context_.tables.plans.Get(plan.name());
}

StatusOr<v1::CreateVisitPlanResponse> VisitPlans::Create(const rpc::CallContext& call,
                                                         const v1::CreateVisitPlanRequest& request) const {
  v1::VisitPlan plan = InputOf(request.visit_plan());
  CompleteDemands(plan.year(), plan.mutable_demands());
  DUIJIE_RETURN_IF_ERROR(CheckAsked(call, plan));
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateVisitPlan", request);
  v1::CreateVisitPlanResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::VisitPlan>(write));
  if (!answer) {
    plan.set_name(context_.tables.plans.NameOf(context_.store().NewId()));
    plan.set_state(v1::VISIT_PLAN_STATE_DRAFT);
    plan.set_creator(call.principal().key_id());
    AddStep(plan.mutable_steps(), "DRAFT", "", call.principal(), context_.store().Now());
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(write, std::move(plan)));
  }
  *response.mutable_visit_plan() = *std::move(answer);
  return response;
}

StatusOr<v1::GetVisitPlanResponse> VisitPlans::Get(const rpc::CallContext& call,
                                                   const v1::GetVisitPlanRequest& request) const {
  v1::GetVisitPlanResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_visit_plan(),
                          VisiblePlan(context_, call.principal(), request.name()));
  return response;
}

StatusOr<v1::ListVisitPlansResponse> VisitPlans::List(const rpc::CallContext& call,
                                                      const v1::ListVisitPlansRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(context_.store().tokens(), call.principal(), request, kListPages));
  const auto keep = [&](const v1::VisitPlan& plan) {
    return MaySeePlan(call.principal(), plan) && (request.year() == 0 || plan.year() == request.year());
  };
  DUIJIE_ASSIGN_OR_RETURN(
      auto found, context_.tables.plans.ListByIndex(kPlansLatest, "", page.position(), page.size(), keep));
  v1::ListVisitPlansResponse response;
  for (v1::VisitPlan& plan : found.items) *response.add_visit_plans() = std::move(plan);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::UpdateVisitPlanResponse> VisitPlans::Update(const rpc::CallContext& call,
                                                         const v1::UpdateVisitPlanRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdateVisitPlan", request);
  DUIJIE_ASSIGN_OR_RETURN(v1::VisitPlan plan,
                          VisiblePlan(context_, call.principal(), request.visit_plan().name()));
  v1::UpdateVisitPlanResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::VisitPlan>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(context_.tables.plans.CheckEtag(plan, request.visit_plan().etag()));
    if (plan.state() == v1::VISIT_PLAN_STATE_CLOSED) return IllegalVisitStep("CLOSED", "DRAFT");
    if (request.update_mask().paths().empty()) return InvalidField("update_mask", "REQUIRED", "必填");
    for (const std::string& path : request.update_mask().paths()) {
      if (path == "title") {
        plan.set_title(request.visit_plan().title());
      } else if (path == "demands") {
        *plan.mutable_demands() = request.visit_plan().demands();
      } else {
        return InvalidField("update_mask", "FIELD_NOT_WRITABLE", "只能改 title 与 demands");
      }
    }
    CompleteDemands(plan.year(), plan.mutable_demands());
    DUIJIE_RETURN_IF_ERROR(CheckAsked(call, plan));
    plan.clear_proposal();
    plan.set_state(v1::VISIT_PLAN_STATE_DRAFT);
    AddStep(plan.mutable_steps(), "DRAFT", "修改计划", call.principal(), context_.store().Now());
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(write, std::move(plan)));
  }
  *response.mutable_visit_plan() = *std::move(answer);
  return response;
}

StatusOr<v1::ProposeVisitPlanResponse> VisitPlans::Propose(const rpc::CallContext& call,
                                                           const v1::ProposeVisitPlanRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "ProposeVisitPlan", request);
  DUIJIE_ASSIGN_OR_RETURN(v1::VisitPlan plan, VisiblePlan(context_, call.principal(), request.name()));
  v1::ProposeVisitPlanResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::VisitPlan>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(context_.tables.plans.CheckEtag(plan, request.etag()));
    if (plan.state() == v1::VISIT_PLAN_STATE_CLOSED) return IllegalVisitStep("CLOSED", "PROPOSED");
    DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Visit> all, StandingVisits(context_, ""));
    const CatalogView catalog(context_.role->peers, call);
    DUIJIE_ASSIGN_OR_RETURN(PlanningInput input, GatherPlanningFacts(catalog, plan, LastVisits(all)));
    DUIJIE_RETURN_IF_ERROR(
        CountWelcomedPushes(context_.list_pushes, call, context_.store().Now(), &input.enterprises));
    input.as_of = DayInChina(context_.store().Now());
    for (v1::Visit& visit : all) {
      const auto day = ParseVisitDay(visit.date());
      if (!day || YearOf(*day) != plan.year() || IsOnlyPlanned(visit, plan.name())) continue;
      input.standing.push_back(std::move(visit));
    }
    DUIJIE_ASSIGN_OR_RETURN(*plan.mutable_proposal(),
                            MakeProposal(input, context_.model, *context_.taxonomies));
    plan.set_state(v1::VISIT_PLAN_STATE_PROPOSED);
    AddStep(plan.mutable_steps(), "PROPOSED", "", call.principal(), context_.store().Now());
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(write, std::move(plan)));
  }
  *response.mutable_visit_plan() = *std::move(answer);
  return response;
}

StatusOr<std::vector<Mutation>> VisitPlans::AgreedVisits(const rpc::CallContext& call,
                                                         v1::VisitPlan* plan) const {
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Visit> standing,
                          StandingVisits(context_, std::to_string(plan->year())));
  if (!IsCurrent(*plan, standing)) return Outdated();
  DUIJIE_RETURN_IF_ERROR(CheckExpertsStill(CatalogView(context_.role->peers, call), *plan, standing));
  std::map<std::string, v1::Visit> planned;  // by enterprise
  for (v1::Visit& visit : standing) {
    if (IsOnlyPlanned(visit, plan->name())) planned[visit.enterprise()] = std::move(visit);
  }
  const UnixMicros now = context_.store().Now();
  std::vector<Mutation> mutations;
  for (v1::PlannedVisit& entry : *plan->mutable_proposal()->mutable_visits()) {
    if (entry.kept()) continue;
    const auto existing = planned.find(entry.enterprise());
    v1::Visit visit = existing == planned.end() ? VisitOf(entry) : std::move(existing->second);
    TakeSchedule(entry, &visit);
    if (existing == planned.end()) {
      visit.set_name(context_.tables.visits.NameOf(context_.store().NewId()));
      visit.set_plan(plan->name());
      visit.set_state(v1::VISIT_STATE_PLANNED);
      AddStep(visit.mutable_steps(), "PLANNED", "", call.principal(), now);
      mutations.push_back(context_.tables.visits.Create(visit, now));
    } else {
      planned.erase(existing);
      mutations.push_back(context_.tables.visits.Replace(visit, now));
    }
    entry.set_visit(visit.name());
  }
  for (auto& [enterprise, visit] : planned) {
    visit.set_state(v1::VISIT_STATE_CANCELLED);
    AddStep(visit.mutable_steps(), "CANCELLED", "重新规划后不再安排", call.principal(), now);
    mutations.push_back(context_.tables.visits.Replace(visit, now));
  }
  return mutations;
}

StatusOr<v1::TransitionVisitPlanResponse> VisitPlans::Transition(
    const rpc::CallContext& call, const v1::TransitionVisitPlanRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "TransitionVisitPlan", request);
  DUIJIE_ASSIGN_OR_RETURN(v1::VisitPlan plan, VisiblePlan(context_, call.principal(), request.name()));
  Violations wrong;
  CheckVisitText(request.reason(), kVisitReasonText, false, "reason", &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  v1::TransitionVisitPlanResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::VisitPlan>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(context_.tables.plans.CheckEtag(plan, request.etag()));
    const bool agree =
        request.to() == v1::VISIT_PLAN_STATE_AGREED && plan.state() == v1::VISIT_PLAN_STATE_PROPOSED;
    const bool close =
        request.to() == v1::VISIT_PLAN_STATE_CLOSED && plan.state() != v1::VISIT_PLAN_STATE_CLOSED;
    const std::string to = v1::VisitPlanState_Name(request.to()).substr(sizeof("VISIT_PLAN_STATE_") - 1);
    if (!agree && !close) {
      return IllegalVisitStep(v1::VisitPlanState_Name(plan.state()).substr(sizeof("VISIT_PLAN_STATE_") - 1),
                              to);
    }
    if (agree && !plan.proposal().shortfalls().empty() && request.reason().empty()) {
      const v1::VisitShortfall& first = plan.proposal().shortfalls(0);
      return Error(StatusCode::kFailedPrecondition, "INFEASIBLE",
                   "要求“" + first.demand() + "”还差 " + std::to_string(first.missing()) +
                       " 家；若仍要商定，请说明理由");
    }
    std::vector<Mutation> visits;
    if (agree) {
      DUIJIE_ASSIGN_OR_RETURN(visits, AgreedVisits(call, &plan));
    }
    plan.set_state(request.to());
    AddStep(plan.mutable_steps(), to, request.reason(), call.principal(), context_.store().Now());
    StatusOr<v1::VisitPlan> stored = Stored(write, std::move(plan), std::move(visits));
    if (!stored.ok() && ReasonOf(stored.status()) == "UNIQUE_CONFLICT") return Outdated();
    DUIJIE_ASSIGN_OR_RETURN(answer, std::move(stored));
  }
  *response.mutable_visit_plan() = *std::move(answer);
  return response;
}

}  // namespace duijie::mining
