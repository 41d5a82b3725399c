// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_context.h"

#include <algorithm>

#include "common/auth/visibility.h"

namespace duijie::mining {
namespace {

constexpr int kMaxSteps = 100;
constexpr size_t kBlock = 500;

AccessFacts StaffOnly(const std::string& park_code, const std::string& enterprise) {
  return {v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_STAFF_ONLY, park_code, enterprise};
}

std::vector<IndexKey> KeysOfPlan(const v1::VisitPlan& plan) {
  return {{kPlansLatest, LatestFirstKey(MicrosOf(plan.create_time())), false}};
}

std::vector<IndexKey> KeysOfVisit(const v1::Visit& visit) {
  std::vector<IndexKey> keys = {{kVisitsByDate, visit.date(), false},
                                {kVisitsByEnterprise, DatedKey(visit.enterprise(), visit.date()), false}};
  if (!visit.plan().empty()) keys.push_back({kVisitsByPlan, DatedKey(visit.plan(), visit.date()), false});
  for (const std::string& expert : visit.experts()) {
    keys.push_back({kVisitsByExpert, DatedKey(expert, visit.date()), false});
    if (visit.state() == v1::VISIT_STATE_CANCELLED) continue;
    keys.push_back({kExpertDay, DatedKey(expert, visit.date()), true});
  }
  return keys;
}

// Whether the enterprise was ever told of the visit.
bool WasAgreed(const v1::Visit& visit) {
  return std::any_of(visit.steps().begin(), visit.steps().end(),
                     [](const v1::VisitStep& step) { return step.to() == "AGREED"; });
}

}  // namespace

VisitTables::VisitTables(const RecordLog& log)
    : plans(log, "visitPlans", &KeysOfPlan),
      visits(log, "visits", &KeysOfVisit),
      attachments(log, "visitAttachments") {}

bool CoversParks(const Principal& caller, const google::protobuf::RepeatedPtrField<std::string>& parks) {
  if (caller.role() != v1::ROLE_ADMIN && caller.role() != v1::ROLE_STAFF) return false;
  if (parks.empty()) return VisibilityOf(caller, StaffOnly("", "")) == Visibility::kFull;
  return std::all_of(parks.begin(), parks.end(), [&](const std::string& park) {
    return VisibilityOf(caller, StaffOnly(park, "")) == Visibility::kFull;
  });
}

bool MaySeePlan(const Principal& caller, const v1::VisitPlan& plan) {
  return CoversParks(caller, plan.demands().park_codes());
}

bool MaySeeVisit(const Principal& caller, const v1::Visit& visit) {
  if (VisibilityOf(caller, StaffOnly(visit.park_code(), visit.enterprise())) != Visibility::kFull)
    return false;
  return caller.role() != v1::ROLE_ENTERPRISE || WasAgreed(visit);
}

v1::Visit Shown(v1::Visit visit, const Principal& caller) {
  if (caller.role() != v1::ROLE_ENTERPRISE) return visit;
  visit.clear_yield();
  visit.clear_plan();
  for (v1::VisitStep& step : *visit.mutable_steps()) step.clear_reason();
  return visit;
}

StatusOr<v1::VisitPlan> VisiblePlan(const VisitContext& context, const Principal& caller,
                                    std::string_view name) {
  DUIJIE_ASSIGN_OR_RETURN(v1::VisitPlan plan, context.tables.plans.Get(name));
  if (!MaySeePlan(caller, plan)) return NoSuchResource();
  return plan;
}

StatusOr<v1::Visit> VisibleVisit(const VisitContext& context, const Principal& caller,
                                 std::string_view name) {
  DUIJIE_ASSIGN_OR_RETURN(v1::Visit visit, context.tables.visits.Get(name));
  if (!MaySeeVisit(caller, visit)) return NoSuchResource();
  return visit;
}

void AddStep(google::protobuf::RepeatedPtrField<v1::VisitStep>* steps, std::string to,
             const std::string& reason, const Principal& caller, UnixMicros now) {
  v1::VisitStep& step = *steps->Add();
  step.set_to(std::move(to));
  step.set_reason(reason);
  step.set_actor(caller.key_id());
  *step.mutable_time() = TimestampOf(now);
  if (steps->size() > kMaxSteps) steps->DeleteSubrange(0, steps->size() - kMaxSteps);
}

StatusOr<std::vector<v1::Visit>> StandingVisits(const VisitContext& context, const std::string& date_prefix) {
  std::vector<v1::Visit> visits;
  std::string position;
  do {
    DUIJIE_ASSIGN_OR_RETURN(auto page,
                            context.tables.visits.ListByIndex(kVisitsByDate, date_prefix, position, kBlock));
    for (v1::Visit& visit : page.items) {
      if (visit.state() != v1::VISIT_STATE_CANCELLED) visits.push_back(std::move(visit));
    }
    position = page.next;
  } while (!position.empty());
  return visits;
}

Status IllegalVisitStep(const std::string& from, const std::string& to) {
  return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION", "不能从现在的状态走到这一步",
               {{"from", from}, {"to", to}});
}

}  // namespace duijie::mining
