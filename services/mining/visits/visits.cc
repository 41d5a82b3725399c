// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visits.h"

#include <algorithm>

#include "common/resources/paging.h"
#include "services/mining/records/catalog_view.h"
#include "services/mining/visits/visit_checks.h"
#include "services/mining/visits/visit_digest.h"
#include "services/mining/visits/visit_signing.h"

namespace duijie::mining {
namespace {

bool IsLegal(v1::VisitState from, v1::VisitState to) {
  switch (to) {
    case v1::VISIT_STATE_AGREED:
      return from == v1::VISIT_STATE_PLANNED;
    case v1::VISIT_STATE_HELD:
      return from == v1::VISIT_STATE_AGREED;
    case v1::VISIT_STATE_CANCELLED:
      return from == v1::VISIT_STATE_PLANNED || from == v1::VISIT_STATE_AGREED;
    default:
      return false;  // SIGNED comes by signatures
  }
}

Status Booked(const Status& status) {
  if (ReasonOf(status) != "UNIQUE_CONFLICT") return status;
  return Error(StatusCode::kAlreadyExists, "UNIQUE_VALUE_TAKEN", "专家当天已有走访");
}

Status NotInFuture(const v1::Visit& visit, UnixMicros now, const std::string& field) {
  if (visit.date() <= FormatDay(DayInChina(now))) return OkStatus();
  return InvalidField(field, "IN_FUTURE", "走访日期还没有到");
}

// Whether the expert's month has no room for another visit beside `visit`.
StatusOr<bool> IsMonthFull(const VisitContext& context, const v1::Expert& expert, const v1::Visit& visit) {
  if (expert.max_visits_per_month() == 0) return false;
  const std::string month = visit.date().substr(0, kMonthLength);
  int others = 0;
  std::string position;
  do {
    const auto keep = [&](const v1::Visit& other) {
      return other.state() != v1::VISIT_STATE_CANCELLED && other.name() != visit.name();
    };
    DUIJIE_ASSIGN_OR_RETURN(const auto page,
                            context.tables.visits.ListByIndex(kVisitsByExpert, DatedKey(expert.name(), month),
                                                              position, kListPages.most, keep));
    others += static_cast<int>(page.items.size());
    position = page.next;
  } while (!position.empty());
  return others >= expert.max_visits_per_month();
}

Status ApplyMask(const v1::UpdateVisitRequest& request, v1::Visit* visit) {
  if (request.update_mask().paths().empty()) return InvalidField("update_mask", "REQUIRED", "必填");
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "experts") {
      *visit->mutable_experts() = request.visit().experts();
    } else if (path == "date") {
      visit->set_date(request.visit().date());
    } else if (path == "answers") {
      *visit->mutable_answers() = request.visit().answers();
    } else if (path == "findings") {
      visit->set_findings(request.visit().findings());
    } else if (path == "needs") {
      *visit->mutable_needs() = request.visit().needs();
    } else {
      return InvalidField("update_mask", "FIELD_NOT_WRITABLE",
                          "只能改 experts、date、answers、findings、needs");
    }
  }
  Violations wrong;
  CheckVisitInput(*visit, &wrong);
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

Status CheckNewNeeds(const CatalogView& catalog, const v1::Visit& before, const v1::Visit& visit) {
  std::vector<std::string> added;
  for (const std::string& need : visit.needs()) {
    const auto& old = before.needs();
    if (std::find(old.begin(), old.end(), need) == old.end()) added.push_back(need);
  }
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Need> needs, catalog.Needs(added));
  const bool own = std::all_of(needs.begin(), needs.end(),
                               [&](const v1::Need& need) { return need.enterprise() == visit.enterprise(); });
  if (needs.size() == added.size() && own) return OkStatus();
  return InvalidField("visit.needs", "NO_SUCH_RECORD", "须是这家企业的需求");
}

}  // namespace

Status Visits::CheckExperts(const rpc::CallContext& call, v1::Visit* visit) const {
  const CatalogView catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Expert> experts,
                          catalog.Experts(visit->experts(), "visit.experts"));
  visit->clear_expert_titles();
  Violations wrong;
  for (size_t i = 0; i < experts.size(); ++i) {
    const std::string field = "visit.experts[" + std::to_string(i) + "]";
    visit->add_expert_titles(experts[i].title());
    if (HasConflict(experts[i], visit->credit_code())) {
      wrong.push_back({field, "CONFLICT_OF_INTEREST", "专家与这家企业有回避关系"});
    }
    DUIJIE_ASSIGN_OR_RETURN(const bool full, IsMonthFull(context_, experts[i], *visit));
    if (full) wrong.push_back({field, "MONTH_FULL", "专家当月的走访次数已满"});
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

StatusOr<v1::Visit> Visits::Stored(const rpc::CallContext& call, const WriteRequest& write, v1::Visit visit,
                                   std::vector<Mutation> more) const {
  const UnixMicros now = context_.store().Now();
  const bool is_new = visit.etag().empty();
  visit.set_content_digest(DigestOf(visit));
  if (visit.state() == v1::VISIT_STATE_SIGNED && !IsSigned(visit)) {
    visit.set_state(v1::VISIT_STATE_HELD);
    AddStep(visit.mutable_steps(), "HELD", "签字后记录有改动，须重新签字", call.principal(), now);
  } else if (visit.state() == v1::VISIT_STATE_HELD && IsSigned(visit)) {
    visit.set_state(v1::VISIT_STATE_SIGNED);
    AddStep(visit.mutable_steps(), "SIGNED", "", call.principal(), now);
  }
  std::vector<Mutation> mutations = {is_new ? context_.tables.visits.Create(visit, now)
                                            : context_.tables.visits.Replace(visit, now)};
  std::move(more.begin(), more.end(), std::back_inserter(mutations));
  const auto committed = context_.store().Commit(write, std::move(mutations));
  if (!committed.ok()) return Booked(committed.status());
  return context_.tables.visits.Get(visit.name());
}

StatusOr<v1::CreateVisitResponse> Visits::Create(const rpc::CallContext& call,
                                                 const v1::CreateVisitRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateVisit", request);
  const CatalogView catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(const v1::Enterprise enterprise, catalog.Enterprise(request.visit().enterprise()));
  v1::Visit visit;
  visit.set_enterprise(enterprise.name());
  visit.set_enterprise_title(enterprise.title());
  visit.set_credit_code(enterprise.credit_code());
  visit.set_park_code(enterprise.park_code());
  visit.set_region_code(enterprise.region_code());
  *visit.mutable_experts() = request.visit().experts();
  visit.set_date(request.visit().date());
  Violations wrong;
  CheckVisitInput(visit, &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  if (!MaySeeVisit(call.principal(), visit)) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "企业须在本密钥的园区范围之内");
  }
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  v1::CreateVisitResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::Visit>(write));
  if (!answer) {
    visit.set_name(context_.tables.visits.NameOf(context_.store().NewId()));
    DUIJIE_RETURN_IF_ERROR(CheckExperts(call, &visit));
    visit.set_state(v1::VISIT_STATE_PLANNED);
    AddStep(visit.mutable_steps(), "PLANNED", "", call.principal(), context_.store().Now());
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(call, write, std::move(visit)));
  }
  *response.mutable_visit() = *std::move(answer);
  return response;
}

StatusOr<v1::GetVisitResponse> Visits::Get(const rpc::CallContext& call,
                                           const v1::GetVisitRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::Visit visit, VisibleVisit(context_, call.principal(), request.name()));
  v1::GetVisitResponse response;
  *response.mutable_visit() = Shown(std::move(visit), call.principal());
  return response;
}

StatusOr<v1::ListVisitsResponse> Visits::List(const rpc::CallContext& call,
                                              const v1::ListVisitsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(context_.store().tokens(), call.principal(), request, kListPages));
  const std::string year = request.year() == 0 ? "" : std::to_string(request.year());
  const auto keep = [&](const v1::Visit& visit) {
    const auto& states = request.states();
    const auto& experts = visit.experts();
    return MaySeeVisit(call.principal(), visit) && visit.date().rfind(year, 0) == 0 &&
           (request.plan().empty() ||
            (visit.plan() == request.plan() && call.principal().role() != v1::ROLE_ENTERPRISE)) &&
           (request.enterprise().empty() || visit.enterprise() == request.enterprise()) &&
           (request.expert().empty() ||
            std::find(experts.begin(), experts.end(), request.expert()) != experts.end()) &&
           (states.empty() || std::find(states.begin(), states.end(), visit.state()) != states.end());
  };
  std::string index = kVisitsByDate, prefix = year;
  if (!request.plan().empty()) {
    index = kVisitsByPlan;
    prefix = DatedKey(request.plan(), year);
  } else if (!request.enterprise().empty()) {
    index = kVisitsByEnterprise;
    prefix = DatedKey(request.enterprise(), year);
  } else if (!request.expert().empty()) {
    index = kVisitsByExpert;
    prefix = DatedKey(request.expert(), year);
  }
  DUIJIE_ASSIGN_OR_RETURN(
      auto found, context_.tables.visits.ListByIndex(index, prefix, page.position(), page.size(), keep));
  v1::ListVisitsResponse response;
  for (v1::Visit& visit : found.items) *response.add_visits() = Shown(std::move(visit), call.principal());
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::UpdateVisitResponse> Visits::Update(const rpc::CallContext& call,
                                                 const v1::UpdateVisitRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdateVisit", request);
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  DUIJIE_ASSIGN_OR_RETURN(const v1::Visit before,
                          VisibleVisit(context_, call.principal(), request.visit().name()));
  v1::UpdateVisitResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::Visit>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(context_.tables.visits.CheckEtag(before, request.visit().etag()));
    if (before.state() == v1::VISIT_STATE_CANCELLED) return VisitCancelled();
    v1::Visit visit = before;
    DUIJIE_RETURN_IF_ERROR(ApplyMask(request, &visit));
    DUIJIE_RETURN_IF_ERROR(CheckNewNeeds(CatalogView(context_.role->peers, call), before, visit));
    const bool held = visit.state() == v1::VISIT_STATE_HELD || visit.state() == v1::VISIT_STATE_SIGNED;
    if (held) DUIJIE_RETURN_IF_ERROR(NotInFuture(visit, context_.store().Now(), "visit.date"));
    const bool same_experts = std::equal(visit.experts().begin(), visit.experts().end(),
                                         before.experts().begin(), before.experts().end());
    if (!same_experts || visit.date() != before.date()) DUIJIE_RETURN_IF_ERROR(CheckExperts(call, &visit));
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(call, write, std::move(visit)));
  }
  *response.mutable_visit() = *std::move(answer);
  return response;
}

StatusOr<v1::TransitionVisitResponse> Visits::Transition(const rpc::CallContext& call,
                                                         const v1::TransitionVisitRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "TransitionVisit", request);
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  DUIJIE_ASSIGN_OR_RETURN(v1::Visit visit, VisibleVisit(context_, call.principal(), request.name()));
  v1::TransitionVisitResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::Visit>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(context_.tables.visits.CheckEtag(visit, request.etag()));
    if (!IsLegal(visit.state(), request.to())) {
      const bool known = v1::VisitState_IsValid(request.to());
      return IllegalVisitStep(VisitStateName(visit.state()), known ? VisitStateName(request.to()) : "");
    }
    Violations wrong;
    const bool cancel = request.to() == v1::VISIT_STATE_CANCELLED;
    CheckVisitText(request.reason(), kVisitReasonText, cancel, "reason", &wrong);
    if (!request.date().empty() && !ParseVisitDay(request.date())) {
      wrong.push_back({"date", "INVALID_DATE", "应为 2026-03-05 的形式"});
    }
    if (!wrong.empty()) return InvalidFields(wrong);
    const bool moved = !cancel && !request.date().empty() && request.date() != visit.date();
    if (moved) {
      visit.set_date(request.date());
      DUIJIE_RETURN_IF_ERROR(CheckExperts(call, &visit));
    }
    const UnixMicros now = context_.store().Now();
    if (request.to() == v1::VISIT_STATE_HELD) DUIJIE_RETURN_IF_ERROR(NotInFuture(visit, now, "date"));
    visit.set_state(request.to());
    AddStep(visit.mutable_steps(), VisitStateName(request.to()), request.reason(), call.principal(), now);
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(call, write, std::move(visit)));
  }
  *response.mutable_visit() = *std::move(answer);
  return response;
}

StatusOr<v1::SignVisitResponse> Visits::Sign(const rpc::CallContext& call,
                                             const v1::SignVisitRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "SignVisit", request);
  const std::lock_guard<std::mutex> lock(context_.write_mutex);
  DUIJIE_ASSIGN_OR_RETURN(v1::Visit visit, VisibleVisit(context_, call.principal(), request.name()));
  v1::SignVisitResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, context_.store().AnswerOf<v1::Visit>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(CheckVisitSigner(call.principal(), visit, request));
    DUIJIE_RETURN_IF_ERROR(CheckVisitSignable(visit, request));
    v1::VisitSignature& signature = *visit.add_signatures();
    signature.set_signer(request.signer());
    signature.set_role(request.role());
    signature.set_actor(call.principal().key_id());
    *signature.mutable_time() = TimestampOf(context_.store().Now());
    signature.set_content_digest(visit.content_digest());
    DUIJIE_ASSIGN_OR_RETURN(answer, Stored(call, write, std::move(visit)));
  }
  *response.mutable_visit() = Shown(*std::move(answer), call.principal());
  return response;
}

}  // namespace duijie::mining
