// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/visits.h"

#include <algorithm>

#include "tests/bench/year/streams.h"

namespace duijie::bench {
namespace {

using VisitStub = v1::VisitService::Stub;
using IntakeStub = v1::IntakeService::Stub;
using CatalogStub = v1::CatalogService::Stub;

constexpr uint64_t kVisitsPerExpert = 20;
constexpr int kVisitsPerPage = 200;
constexpr double kOneSide = 0.05;
constexpr double kUnsigned = 0.05;
constexpr double kCancelled = 0.05;
constexpr double kRepeated = 0.1;
constexpr double kWithNote = 0.25;
constexpr int kRepeatAfter = 21;  // days

}  // namespace

Status Visits::PlanYear() {
  const Party& admin = stage_.parties.admin();
  const uint64_t visits = stage_.world.scale().visits;
  if (visits == 0) return OkStatus();
  DUIJIE_RETURN_IF_ERROR(
      Import(admin, v1::COLLECTION_EXPERTS, stage_.world.Experts(visits / kVisitsPerExpert + 2)).status());
  v1::CreateVisitPlanRequest create;
  create.mutable_visit_plan()->set_title("年度走访计划");
  create.mutable_visit_plan()->set_year(kYear);
  create.mutable_visit_plan()->mutable_demands()->set_target(static_cast<int32_t>(visits));
  DUIJIE_ASSIGN_OR_RETURN(const auto created, admin.Call(&VisitStub::CreateVisitPlan, create));
  v1::ProposeVisitPlanRequest propose;
  propose.set_name(created.visit_plan().name());
  DUIJIE_ASSIGN_OR_RETURN(const auto proposed, admin.Call(&VisitStub::ProposeVisitPlan, propose));
  v1::TransitionVisitPlanRequest agree;
  agree.set_name(created.visit_plan().name());
  agree.set_to(v1::VISIT_PLAN_STATE_AGREED);
  agree.set_reason("按可行方案执行");
  DUIJIE_RETURN_IF_ERROR(admin.Call(&VisitStub::TransitionVisitPlan, agree).status());
  v1::ListVisitsRequest list;
  list.set_plan(created.visit_plan().name());
  list.set_page_size(kVisitsPerPage);
  do {
    DUIJIE_ASSIGN_OR_RETURN(const auto page, admin.Call(&VisitStub::ListVisits, list));
    for (const v1::Visit& visit : page.visits()) by_date_[visit.date()].push_back(visit);
    planned_ += static_cast<uint64_t>(page.visits_size());
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  return OkStatus();
}

StatusOr<int64_t> Visits::Hold(int day) {
  int64_t revision = 0;
  const std::vector<v1::Visit> visits = by_date_[DateOf(day)];
  for (const v1::Visit& visit : visits) DUIJIE_RETURN_IF_ERROR(HoldOne(visit, day, number_++, &revision));
  return revision;
}

Status Visits::HoldOne(const v1::Visit& visit, int day, uint64_t number, int64_t* revision) {
  const Party& admin = stage_.parties.admin();
  Random random = stage_.Stream(kVisitStream, number);
  const double draw = random.Unit();
  const Fate fate = draw < kCancelled                          ? Fate::kCancelled
                    : draw < kCancelled + kUnsigned            ? Fate::kUnsigned
                    : draw < kCancelled + kUnsigned + kOneSide ? Fate::kOneSide
                                                               : Fate::kSigned;
  v1::TransitionVisitRequest step;
  step.set_name(visit.name());
  if (fate == Fate::kCancelled) {
    step.set_to(v1::VISIT_STATE_CANCELLED);
    step.set_reason("企业临时有事");
    ++cancelled_;
    return admin.Call(&VisitStub::TransitionVisit, step).status();
  }
  step.set_to(v1::VISIT_STATE_AGREED);
  DUIJIE_RETURN_IF_ERROR(admin.Call(&VisitStub::TransitionVisit, step).status());
  step.set_to(v1::VISIT_STATE_HELD);
  DUIJIE_RETURN_IF_ERROR(admin.Call(&VisitStub::TransitionVisit, step).status());
  ++held_;
  v1::UpdateVisitRequest update;
  update.mutable_visit()->set_name(visit.name());
  update.mutable_visit()->set_findings("现场了解了主要产品和工艺，企业提出了技术问题。");
  update.mutable_update_mask()->add_paths("findings");
  if (random.Chance(kWithNote)) {
    DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, NeedOf(visit, stage_.world.scale().needs + number));
    update.mutable_visit()->add_needs(need.name());
    update.mutable_update_mask()->add_paths("needs");
    *revision = std::max(*revision, need.revision());
    ++needs_;
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto updated, admin.Call(&VisitStub::UpdateVisit, update));
  DUIJIE_RETURN_IF_ERROR(Sign(updated.visit(), fate));
  return random.Chance(kRepeated) ? Repeat(updated.visit(), day) : OkStatus();
}

Status Visits::SignAs(const Party& party, const v1::Visit& visit, v1::VisitSignerRole role,
                      const std::string& signer) {
  v1::SignVisitRequest request;
  request.set_name(visit.name());
  request.set_role(role);
  request.set_signer(signer);
  request.set_content_digest(visit.content_digest());
  return party.Call(&VisitStub::SignVisit, request).status();
}

Status Visits::Sign(const v1::Visit& visit, Fate fate) {
  if (fate != Fate::kSigned) ++unsigned_;
  if (fate == Fate::kUnsigned) return OkStatus();
  const uint64_t row = stage_.texts.enterprises.RowOf(visit.enterprise()).value_or(0);
  const Party* enterprise = &stage_.parties.admin();  // staff may enter a signature on paper
  if (Parties::HasKey(row)) {
    DUIJIE_ASSIGN_OR_RETURN(enterprise, stage_.parties.Enterprise(row));
  }
  DUIJIE_RETURN_IF_ERROR(SignAs(*enterprise, visit, v1::VISIT_SIGNER_ROLE_ENTERPRISE, "王厂长"));
  if (fate == Fate::kOneSide) return OkStatus();
  ++signed_;
  stage_.oracle.SignVisit(visit.date(), stage_.world.EnterpriseCell(row, "统一社会信用代码"));
  return SignAs(stage_.parties.admin(), visit, v1::VISIT_SIGNER_ROLE_EXPERT, visit.expert_titles(0));
}

// A second visit some weeks later, if the expert is free and the year is not over.
Status Visits::Repeat(const v1::Visit& visit, int day) {
  if (day + kRepeatAfter >= kDaysOfYear) return OkStatus();
  v1::CreateVisitRequest request;
  request.mutable_visit()->set_enterprise(visit.enterprise());
  *request.mutable_visit()->mutable_experts() = visit.experts();
  request.mutable_visit()->set_date(DateOf(day + kRepeatAfter));
  const auto created = stage_.parties.admin().Call(&VisitStub::CreateVisit, request);
  if (!created.ok()) return OkStatus();
  by_date_[created->visit().date()].push_back(created->visit());
  ++repeated_;
  return OkStatus();
}

// A note of what a generated need would say, read into drafts; the first is confirmed and published.
StatusOr<v1::Need> Visits::NeedOf(const v1::Visit& visit, uint64_t row) {
  const Party& admin = stage_.parties.admin();
  v1::CreateNeedDraftsRequest note;
  note.set_note(stage_.world.maker().Need(row)[0] + "。" + stage_.world.maker().Need(row)[3]);
  note.set_source(v1::NOTE_SOURCE_VISIT);
  note.set_source_name(visit.name());
  note.set_enterprise(visit.enterprise());
  DUIJIE_ASSIGN_OR_RETURN(const auto drafts, admin.Call(&IntakeStub::CreateNeedDrafts, note));
  v1::UpdateNeedDraftRequest type;
  type.mutable_need_draft()->set_name(drafts.need_drafts(0).name());
  type.mutable_need_draft()->set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
  type.mutable_update_mask()->add_paths("type");
  DUIJIE_RETURN_IF_ERROR(admin.Call(&IntakeStub::UpdateNeedDraft, type).status());
  v1::ConfirmNeedDraftRequest confirm;
  confirm.set_name(drafts.need_drafts(0).name());
  confirm.set_submit(true);
  DUIJIE_ASSIGN_OR_RETURN(const auto confirmed, admin.Call(&IntakeStub::ConfirmNeedDraft, confirm));
  return Publish(confirmed.need(), row);
}

StatusOr<v1::Need> Visits::Publish(v1::Need need, uint64_t row) {
  const Party& admin = stage_.parties.admin();
  v1::UpdateNeedRequest consent;
  consent.mutable_need()->set_name(need.name());
  consent.mutable_need()->mutable_consents()->set_push(true);
  consent.mutable_update_mask()->add_paths("consents");
  DUIJIE_RETURN_IF_ERROR(admin.Call(&CatalogStub::UpdateNeed, consent).status());
  v1::TransitionNeedRequest publish;
  publish.set_name(need.name());
  publish.set_to(v1::RECORD_STATE_PUBLISHED);
  DUIJIE_ASSIGN_OR_RETURN(const auto published, admin.Call(&CatalogStub::TransitionNeed, publish));
  stage_.texts.needs.Add(row, need.name());
  stage_.texts.Add(need.name(), "title", published.need().title());
  stage_.texts.Add(need.name(), "description", published.need().description());
  stage_.texts.Add(need.name(), "current_practice", published.need().current_practice());
  for (const std::string& keyword : published.need().keywords()) {
    stage_.texts.Add(need.name(), "keywords", keyword);
  }
  for (const std::string& code : published.need().field_codes()) {
    stage_.texts.Add(need.name(), "field_codes", code);
  }
  for (const std::string& code : published.need().industry_codes()) {
    stage_.texts.Add(need.name(), "industry_codes", code);
  }
  return published.need();
}

Status Visits::Close() {
  for (const int year : {kYear - 1, kYear, kYear + 1}) {
    v1::GetVisitLedgerRequest request;
    request.set_year(year);
    DUIJIE_ASSIGN_OR_RETURN(const auto ledger,
                            stage_.parties.admin().Call(&VisitStub::GetVisitLedger, request));
    stage_.oracle.CompareVisits(year, ledger.ledger().enterprises());
    if (year == kYear) counted_ = ledger.ledger().enterprises();
  }
  return OkStatus();
}

}  // namespace duijie::bench
