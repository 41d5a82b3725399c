// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/diagnoses.h"

#include <algorithm>

#include "common/auth/visibility.h"
#include "common/base/calendar.h"
#include "common/documents/scratch_file.h"
#include "common/resources/paging.h"
#include "common/resources/record_access.h"
#include "services/mining/clinic/diagnosis_papers.h"
#include "services/mining/clinic/rubric.h"
#include "services/mining/intake/need_access.h"

namespace duijie::mining {
namespace {

constexpr int kScanPage = 1'000;

std::string IdOf(std::string_view name) { return std::string(name.substr(name.find('/') + 1)); }

Status CheckRequest(const v1::AssessNeedRequest& request) {
  std::vector<FieldViolation> wrong;
  if (!v1::NeedVerdict_IsValid(request.verdict()) || request.verdict() == v1::NEED_VERDICT_UNSPECIFIED) {
    wrong.push_back({"verdict", "REQUIRED", "须给出判定：待完善、有效或无效"});
  }
  const bool must_say = request.verdict() != v1::NEED_VERDICT_VALID;
  CheckNoteText(request.reason(), must_say, kMaxReasonCodePoints, "reason", &wrong);
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

// The visible needs among the names, by name.
StatusOr<std::vector<v1::Need>> FullyVisible(const Peers& peers, const rpc::CallContext& call,
                                             const std::vector<std::string>& names) {
  std::vector<v1::Need> needs;
  if (names.empty()) return needs;
  internal::v1::ReadRecordsRequest request;
  for (const std::string& name : names) request.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse response, peers.read_records(call, request));
  for (internal::v1::Record& record : *response.mutable_records()) {
    if (!record.has_need()) continue;
    if (VisibilityOf(call.principal(), AccessOf(record.need())) != Visibility::kFull) continue;
    needs.push_back(std::move(*record.mutable_need()));
  }
  return needs;
}

}  // namespace

Diagnoses::Diagnoses(std::shared_ptr<MiningRole> role, std::string temp_folder)
    : role_(std::move(role)),
      temp_folder_(std::move(temp_folder)),
      table_(role_->store->log(), std::string(kDiagnoses)) {}

StatusOr<v1::NeedDiagnosis> Diagnoses::Known(const v1::Need& need) const {
  StatusOr<v1::NeedDiagnosis> known = table_.GetById(IdOf(need.name()));
  if (known.ok() || known.status().code() != StatusCode::kNotFound) return known;
  v1::NeedDiagnosis fresh;
  fresh.set_name(table_.NameOf(IdOf(need.name())));
  fresh.set_need(need.name());
  fresh.set_need_title(need.title());
  for (v1::RubricLine& line : RubricOf(need)) *fresh.add_rubric() = std::move(line);
  fresh.set_enterprise(need.enterprise());
  fresh.set_park_code(need.park_code());
  return fresh;
}

StatusOr<v1::RecordState> Diagnoses::FollowVerdict(const rpc::CallContext& call, const v1::Need& need,
                                                   const v1::AssessNeedRequest& request) const {
  v1::TransitionNeedRequest step;
  step.set_name(need.name());
  step.set_reason(request.reason());
  const bool submitted = need.state() == v1::RECORD_STATE_SUBMITTED;
  const bool published = need.state() == v1::RECORD_STATE_PUBLISHED;
  if (request.verdict() == v1::NEED_VERDICT_VALID) {
    if (published) return need.state();
    if (!submitted) {
      return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "须先提交需求，才能判为有效",
                   {{"state", v1::RecordState_Name(need.state())}});
    }
    step.set_to(v1::RECORD_STATE_PUBLISHED);
  } else if (request.verdict() == v1::NEED_VERDICT_INVALID && (submitted || published)) {
    step.set_to(submitted ? v1::RECORD_STATE_RETURNED : v1::RECORD_STATE_WITHDRAWN);
  } else {
    return need.state();
  }
  DUIJIE_ASSIGN_OR_RETURN(const v1::TransitionNeedResponse stepped, role_->peers.transition_need(call, step));
  return stepped.need().state();
}

StatusOr<v1::AssessNeedResponse> Diagnoses::Assess(const rpc::CallContext& call,
                                                   const v1::AssessNeedRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  DUIJIE_RETURN_IF_ERROR(CheckRequest(request));
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadOwnNeed(role_->peers, call, request.need()));
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "AssessNeed", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto before, store().AnswerOf<v1::NeedDiagnosis>(write));
  v1::AssessNeedResponse response;
  if (before) {
    *response.mutable_need_diagnosis() = *before;
    response.set_need_state(need.state());
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::NeedDiagnosis diagnosis, Known(need));
  DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(diagnosis, request.etag()));
  const v1::NeedVerdict from = diagnosis.verdict();
  if (!IsLegalVerdict(from, request.verdict())) {
    return IllegalStep(v1::NeedVerdict_Name(from), v1::NeedVerdict_Name(request.verdict()));
  }
  std::vector<v1::RubricLine> rubric = RubricOf(need);
  DUIJIE_RETURN_IF_ERROR(TakeWaivers(request, &rubric));
  if (request.verdict() == v1::NEED_VERDICT_VALID) DUIJIE_RETURN_IF_ERROR(CheckValid(rubric));
  DUIJIE_ASSIGN_OR_RETURN(const v1::RecordState state, FollowVerdict(call, need, request));
  diagnosis.set_need_title(need.title());
  diagnosis.set_verdict(request.verdict());
  diagnosis.clear_rubric();
  for (v1::RubricLine& line : rubric) *diagnosis.add_rubric() = std::move(line);
  diagnosis.set_enterprise(need.enterprise());
  diagnosis.set_park_code(need.park_code());
  if (diagnosis.changes_size() == kMaxVerdictChanges) diagnosis.mutable_changes()->DeleteSubrange(0, 1);
  v1::VerdictChange* const change = diagnosis.add_changes();
  change->set_from(from);
  change->set_to(request.verdict());
  change->set_reason(request.reason());
  change->set_actor(call.principal().key_id());
  *change->mutable_time() = TimestampOf(store().Now());
  change->set_need_revision(need.revision());
  const bool is_new = diagnosis.etag().empty();
  const Mutation mutation =
      is_new ? table_.Create(diagnosis, store().Now()) : table_.Replace(diagnosis, store().Now());
  DUIJIE_RETURN_IF_ERROR(store().Commit(write, {mutation}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_diagnosis(), table_.Get(diagnosis.name()));
  response.set_need_state(state);
  return response;
}

StatusOr<v1::GetNeedDiagnosisResponse> Diagnoses::Get(const rpc::CallContext& call,
                                                      const v1::GetNeedDiagnosisRequest& request) const {
  if (!IdIn(kDiagnoses, request.name())) return NoSuchResource();
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadNeed(role_->peers, call, "needs/" + IdOf(request.name())));
  v1::GetNeedDiagnosisResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_diagnosis(), Known(need));
  return response;
}

StatusOr<v1::ListNeedDiagnosesResponse> Diagnoses::List(const rpc::CallContext& call,
                                                        const v1::ListNeedDiagnosesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store().tokens(), call.principal(), request));
  const auto keep = [&](const v1::NeedDiagnosis& diagnosis) {
    if (request.verdict() != v1::NEED_VERDICT_UNSPECIFIED && diagnosis.verdict() != request.verdict())
      return false;
    // The need may say otherwise by now; it is asked below.
    return SeesStaffMatter(call.principal(), diagnosis.park_code(), diagnosis.enterprise());
  };
  DUIJIE_ASSIGN_OR_RETURN(const ResourcePage<v1::NeedDiagnosis> found,
                          table_.List(page.position(), page.size(), keep));
  std::vector<std::string> names;
  for (const v1::NeedDiagnosis& diagnosis : found.items) names.push_back(diagnosis.need());
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Need> needs, FullyVisible(role_->peers, call, names));
  v1::ListNeedDiagnosesResponse response;
  for (const v1::NeedDiagnosis& diagnosis : found.items) {
    const bool seen = std::any_of(needs.begin(), needs.end(),
                                  [&](const v1::Need& need) { return need.name() == diagnosis.need(); });
    if (seen) *response.add_need_diagnoses() = diagnosis;
  }
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::ExportNeedDiagnosisResponse> Diagnoses::Render(
    const rpc::CallContext& call, const v1::ExportNeedDiagnosisRequest& request) const {
  if (!IdIn(kDiagnoses, request.name())) return NoSuchResource();
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadNeed(role_->peers, call, "needs/" + IdOf(request.name())));
  DUIJIE_ASSIGN_OR_RETURN(const v1::NeedDiagnosis diagnosis, Known(need));
  v1::ExportNeedDiagnosisResponse response;
  response.set_content(DiagnosisPaper(need, diagnosis, store().Now()));
  response.set_file_name("需求诊断单-" + IdOf(need.name()) + ".html");
  return response;
}

StatusOr<v1::ExportNeedSummaryResponse> Diagnoses::Summarize(
    const rpc::CallContext& call, const v1::ExportNeedSummaryRequest& request) const {
  std::vector<SummaryRow> rows;
  internal::v1::ScanRecordsRequest scan;
  scan.set_collection(v1::COLLECTION_NEEDS);
  *scan.mutable_filter() = request.filter();
  scan.set_limit(kScanPage);
  for (bool done = false; !done;) {
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ScanRecordsResponse page, role_->peers.scan_records(call, scan));
    for (internal::v1::Record& record : *page.mutable_records()) {
      if (VisibilityOf(call.principal(), AccessOf(record.need())) != Visibility::kFull) continue;
      DUIJIE_ASSIGN_OR_RETURN(v1::NeedDiagnosis diagnosis, Known(record.need()));
      if (request.verdict() != v1::NEED_VERDICT_UNSPECIFIED && diagnosis.verdict() != request.verdict())
        continue;
      if (rows.size() == kMaxSummaryNeeds) {
        return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "需求超过 5000 条，请缩小范围");
      }
      rows.push_back({std::move(*record.mutable_need()), std::move(diagnosis)});
    }
    scan.set_after_id(page.last_id());
    scan.set_at_revision(page.revision());
    done = page.done();
  }
  const ScratchFile file(temp_folder_);
  DUIJIE_RETURN_IF_ERROR(WriteSummary(rows, store().Now(), file.path(), temp_folder_));
  v1::ExportNeedSummaryResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_content(), ReadWhole(file.path()));
  if (static_cast<int64_t>(response.content().size()) > kMaxSummaryBytes) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "汇总表超过 3 MiB，请缩小范围");
  }
  response.set_file_name("需求汇总表-" + FormatDay(DayInChina(store().Now())) + ".xlsx");
  response.set_needs(static_cast<int32_t>(rows.size()));
  return response;
}

}  // namespace duijie::mining
