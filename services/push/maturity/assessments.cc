// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/assessments.h"

#include <algorithm>
#include <set>

#include "common/resources/paging.h"
#include "common/taxonomy/credit_code.h"
#include "services/push/achievements/china_day.h"
#include "services/push/achievements/field_rules.h"
#include "services/push/maturity/assessment_text.h"
#include "services/push/maturity/level_rule.h"

namespace duijie::push {
namespace {

using v1::MaturityAssessment;

constexpr size_t kExpiriesPerRound = 500;

bool HasCondition(const v1::MaturityScheme& scheme, const std::string& code) {
  return std::any_of(scheme.conditions().begin(), scheme.conditions().end(),
                     [&](const v1::MaturityCondition& condition) { return condition.code() == code; });
}

Violations CheckInput(const MaturityAssessment& input, const v1::MaturityScheme& scheme) {
  Violations out;
  CheckText("maturity_assessment.assessor", input.assessor(), {.required = true}, &out);
  CheckText("maturity_assessment.assessor_unit", input.assessor_unit(), {}, &out);
  CheckText("maturity_assessment.conclusion", input.conclusion(), {.most = kEvidenceLength}, &out);
  CheckDay("maturity_assessment.valid_until", input.valid_until(), &out);
  if (!input.assessor_credit_code().empty() && !IsValidCreditCode(input.assessor_credit_code())) {
    out.push_back(
        {"maturity_assessment.assessor_credit_code", "CREDIT_CODE_CHECKSUM", "统一社会信用代码有误"});
  }
  std::set<std::string> seen;
  for (int i = 0; i < input.evidences_size() && out.size() < kViolationsTold; ++i) {
    const v1::ConditionEvidence& evidence = input.evidences(i);
    const std::string entry = EntryPath("maturity_assessment.evidences", i);
    if (!HasCondition(scheme, evidence.condition())) {
      out.push_back({entry + "condition", "UNKNOWN_CODE", "方案中没有这个条件"});
    } else if (!seen.insert(evidence.condition()).second) {
      out.push_back({entry + "condition", "DUPLICATE", "同一条件只能有一条依据"});
    }
    CheckText(entry + "text", evidence.text(), {.required = true, .most = kEvidenceLength}, &out);
    CheckText(entry + "reference", evidence.reference(), {.most = kReferenceLength}, &out);
  }
  return out;
}

// Keeps who entered what has not changed.
void RecordAuthors(const MaturityAssessment& before, const std::string& key_id, UnixMicros now,
                   MaturityAssessment* assessment) {
  for (v1::ConditionEvidence& evidence : *assessment->mutable_evidences()) {
    const auto old =
        std::find_if(before.evidences().begin(), before.evidences().end(), [&](const auto& candidate) {
          return candidate.condition() == evidence.condition() && candidate.text() == evidence.text() &&
                 candidate.reference() == evidence.reference();
        });
    const bool kept = old != before.evidences().end();
    evidence.set_recorder(kept ? old->recorder() : key_id);
    *evidence.mutable_record_time() = kept ? old->record_time() : TimestampOf(now);
  }
}

}  // namespace

MaturityAssessment Assessments::Shown(MaturityAssessment assessment) const {
  const bool completed =
      !assessment.completed_on().empty() && assessment.state() != v1::MATURITY_ASSESSMENT_STATE_DRAFT;
  assessment.set_expired(completed && assessment.valid_until() < ChinaDay(d_.store.Now()));
  return assessment;
}

StatusOr<MaturityAssessment> Assessments::Visible(const rpc::CallContext& call, const std::string& name,
                                                  const std::string& etag) const {
  DUIJIE_ASSIGN_OR_RETURN(MaturityAssessment assessment, table_.rows().Get(name));
  DUIJIE_RETURN_IF_ERROR(reader_.CheckSight(call, assessment.achievement(), Visibility::kFull));
  DUIJIE_RETURN_IF_ERROR(ResourceTable<MaturityAssessment>::CheckEtag(assessment, etag));
  return assessment;
}

Status Assessments::WorkOut(const rpc::CallContext& call, MaturityAssessment* assessment) const {
  const v1::MaturityScheme* scheme = d_.schemes.Find(assessment->scheme());
  if (scheme == nullptr) {
    return InvalidField("maturity_assessment.scheme", "UNKNOWN_VALUE", "没有这个评价方案");
  }
  DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement achievement,
                          reader_.ReadFull(call, assessment->achievement()));
  assessment->set_title(achievement.title());
  assessment->set_scheme_version(scheme->version());
  assessment->set_assessor_from_owner(IsSameUnit(assessment->assessor_credit_code(),
                                                 assessment->assessor_unit(), achievement.owner_credit_code(),
                                                 achievement.owner_name()));
  const std::vector<v1::MaturityLevelResult> results = LevelResults(*scheme, *assessment);
  assessment->set_level(LevelOf(results));
  assessment->set_stage(assessment->level() == 0 ? "" : scheme->levels(assessment->level() - 1).stage());
  *assessment->mutable_results() = {results.begin(), results.end()};
  return OkStatus();
}

Status Assessments::TakeInput(const rpc::CallContext& call, const MaturityAssessment& input,
                              MaturityAssessment* assessment) const {
  const v1::MaturityScheme* scheme = d_.schemes.Find(assessment->scheme());
  if (scheme == nullptr) {
    return InvalidField("maturity_assessment.scheme", "UNKNOWN_VALUE", "没有这个评价方案");
  }
  DUIJIE_RETURN_IF_ERROR(StatusOf(CheckInput(input, *scheme)));
  const MaturityAssessment before = *assessment;
  assessment->set_assessor(input.assessor());
  assessment->set_assessor_unit(input.assessor_unit());
  assessment->set_assessor_credit_code(input.assessor_credit_code());
  assessment->set_conclusion(input.conclusion());
  assessment->set_valid_until(input.valid_until());
  *assessment->mutable_evidences() = input.evidences();
  RecordAuthors(before, call.principal().key_id(), d_.store.Now(), assessment);
  return WorkOut(call, assessment);
}

v1::ListMaturitySchemesResponse Assessments::ListSchemes() const {
  v1::ListMaturitySchemesResponse response;
  for (const v1::MaturityScheme& scheme : d_.schemes.all()) *response.add_maturity_schemes() = scheme;
  return response;
}

StatusOr<v1::CreateMaturityAssessmentResponse> Assessments::Create(
    const rpc::CallContext& call, const v1::CreateMaturityAssessmentRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "CreateMaturityAssessment", request);
  v1::CreateMaturityAssessmentResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answered, d_.store.AnswerOf<MaturityAssessment>(write));
  if (!answered) {
    const MaturityAssessment& input = request.maturity_assessment();
    Violations wrong;
    CheckName("maturity_assessment.achievement", input.achievement(), kAchievements, &wrong);
    DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
    MaturityAssessment assessment;
    assessment.set_name(table_.rows().NameOf(d_.store.NewId()));
    assessment.set_achievement(input.achievement());
    assessment.set_scheme(input.scheme());
    DUIJIE_RETURN_IF_ERROR(TakeInput(call, input, &assessment));
    TakeStep(&assessment, v1::MATURITY_ASSESSMENT_STATE_DRAFT, "", key_id, d_.store.Now());
    DUIJIE_RETURN_IF_ERROR(
        d_.store.Commit(write, {table_.rows().Create(assessment, d_.store.Now())}).status());
    DUIJIE_ASSIGN_OR_RETURN(answered, table_.rows().Get(assessment.name()));
  }
  *response.mutable_maturity_assessment() = Shown(*std::move(answered));
  return response;
}

StatusOr<v1::GetMaturityAssessmentResponse> Assessments::Get(
    const rpc::CallContext& call, const v1::GetMaturityAssessmentRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(MaturityAssessment assessment, Visible(call, request.name()));
  v1::GetMaturityAssessmentResponse response;
  *response.mutable_maturity_assessment() = Shown(std::move(assessment));
  return response;
}

StatusOr<v1::ListMaturityAssessmentsResponse> Assessments::List(
    const rpc::CallContext& call, const v1::ListMaturityAssessmentsRequest& request) const {
  Violations wrong;
  if (!request.achievement().empty()) {
    CheckName("achievement", request.achievement(), kAchievements, &wrong);
  }
  DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(d_.store.tokens(), call.principal(), request, kListPages));
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<MaturityAssessment> found,
                          reader_.VisiblePage<MaturityAssessment>(
                              call, Visibility::kFull, page.position(), page.size(),
                              [&](const std::string& position, size_t limit) {
                                return table_.Latest(request.achievement(), request.state(), position, limit);
                              }));
  v1::ListMaturityAssessmentsResponse response;
  for (MaturityAssessment& assessment : found.items) {
    *response.add_maturity_assessments() = Shown(std::move(assessment));
  }
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::UpdateMaturityAssessmentResponse> Assessments::Update(
    const rpc::CallContext& call, const v1::UpdateMaturityAssessmentRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdateMaturityAssessment", request);
  v1::UpdateMaturityAssessmentResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answered, d_.store.AnswerOf<MaturityAssessment>(write));
  if (!answered) {
    const MaturityAssessment& input = request.maturity_assessment();
    DUIJIE_ASSIGN_OR_RETURN(MaturityAssessment assessment, Visible(call, input.name(), input.etag()));
    if (assessment.state() != v1::MATURITY_ASSESSMENT_STATE_DRAFT) {
      return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "只有评价中的可以修改；要改结果请另作评价",
                   {{"from", v1::MaturityAssessmentState_Name(assessment.state())}});
    }
    DUIJIE_RETURN_IF_ERROR(TakeInput(call, input, &assessment));
    DUIJIE_RETURN_IF_ERROR(
        d_.store.Commit(write, {table_.rows().Replace(assessment, d_.store.Now())}).status());
    DUIJIE_ASSIGN_OR_RETURN(answered, table_.rows().Get(assessment.name()));
  }
  *response.mutable_maturity_assessment() = Shown(*std::move(answered));
  return response;
}

StatusOr<v1::CompleteMaturityAssessmentResponse> Assessments::Complete(
    const rpc::CallContext& call, const v1::CompleteMaturityAssessmentRequest& request) {
  const WriteRequest write =
      DescribeRequest(call.principal().key_id(), "CompleteMaturityAssessment", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, d_.store.AnswerOf<MaturityAssessment>(write));
  if (!answered) {
    DUIJIE_ASSIGN_OR_RETURN(MaturityAssessment assessment, Visible(call, request.name(), request.etag()));
    DUIJIE_RETURN_IF_ERROR(CheckStep(assessment.state(), v1::MATURITY_ASSESSMENT_STATE_COMPLETING));
    DUIJIE_RETURN_IF_ERROR(WorkOut(call, &assessment));
    const std::string today = ChinaDay(d_.store.Now());
    assessment.set_completed_on(today);
    if (assessment.valid_until().empty()) {
      assessment.set_valid_until(AddMonths(today, d_.schemes.Find(assessment.scheme())->valid_months()));
    }
    Violations missing;
    if (IsBlank(assessment.assessor_unit())) missing.push_back({"assessor_unit", "REQUIRED", "评价人单位"});
    if (assessment.level() == 0) missing.push_back({"evidences", "REQUIRED", "1 级的必要条件没有全部附依据"});
    if (assessment.valid_until() < today) missing.push_back({"valid_until", "PAST", "有效期已过"});
    if (!missing.empty()) return Incomplete(missing);
    DUIJIE_RETURN_IF_ERROR(completion_.Complete(call, write, std::move(assessment)));
  }
  v1::CompleteMaturityAssessmentResponse response;
  DUIJIE_ASSIGN_OR_RETURN(MaturityAssessment stored, Visible(call, request.name()));
  *response.mutable_maturity_assessment() = Shown(std::move(stored));
  return response;
}

StatusOr<v1::ExportMaturityAssessmentResponse> Assessments::Export(
    const rpc::CallContext& call, const v1::ExportMaturityAssessmentRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const MaturityAssessment assessment, Visible(call, request.name()));
  const v1::MaturityScheme* scheme = d_.schemes.Find(assessment.scheme());
  if (scheme == nullptr) {
    return Error(StatusCode::kInternal, "DOCUMENT_FAILED", "这个评价方案已不在本系统中");
  }
  v1::ExportMaturityAssessmentResponse response;
  response.set_file_name("技术成熟度评价表-" + std::string(*IdIn(kAssessments, assessment.name())) + ".html");
  response.set_html(AssessmentPage(Shown(assessment), *scheme));
  return response;
}

StatusOr<size_t> Assessments::Round() {
  DUIJIE_RETURN_IF_ERROR(completion_.ExpireDue(kExpiriesPerRound));
  return completion_.GoOn();
}

}  // namespace duijie::push
