// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processings.h"

#include <algorithm>

#include "common/resources/paging.h"
#include "services/push/achievements/achievement_updates.h"
#include "services/push/processing/processing_checks.h"
#include "services/push/processing/processing_fields.h"
#include "services/push/processing/processing_page.h"
#include "services/push/processing/text_diff.h"

namespace duijie::push {
namespace {

using v1::Processing;

// What a client may set, without values of other fields.
void TakeInput(const Processing& input, Processing* processing) {
  processing->set_expert(input.expert());
  *processing->mutable_fields() = input.fields();
  processing->clear_processed();
  CopyFields(FieldsOf(input), input.processed(), processing->mutable_processed());
  *processing->mutable_evidences() = input.evidences();
}

// Whether the field and its evidence are as they were before.
bool IsUntouched(const v1::FieldEvidence& evidence, const Processing& now, const Processing& before) {
  const v1::FieldEvidence* old = EvidenceOf(before, evidence.field());
  return old != nullptr && old->text() == evidence.text() && old->reference() == evidence.reference() &&
         old->author() == evidence.author() &&
         SameField(evidence.field(), now.processed(), before.processed());
}

// Says of each field who wrote and who entered it.
void RecordAuthors(const Processing& before, const std::string& key_id, UnixMicros now, Processing* p) {
  for (v1::FieldEvidence& evidence : *p->mutable_evidences()) {
    if (evidence.author().empty()) evidence.set_author(p->expert());
    const bool untouched = IsUntouched(evidence, *p, before);
    if (untouched) {
      const v1::FieldEvidence& old = *EvidenceOf(before, evidence.field());
      evidence.set_recorder(old.recorder());
      *evidence.mutable_record_time() = old.record_time();
    } else {
      evidence.set_recorder(key_id);
      *evidence.mutable_record_time() = TimestampOf(now);
    }
  }
  if (std::find(p->recorders().begin(), p->recorders().end(), key_id) == p->recorders().end()) {
    p->add_recorders(key_id);
  }
}

v1::TextChange ChangeOf(SpanKind kind) {
  if (kind == SpanKind::kKept) return v1::TEXT_CHANGE_KEPT;
  return kind == SpanKind::kRemoved ? v1::TEXT_CHANGE_REMOVED : v1::TEXT_CHANGE_ADDED;
}

}  // namespace

std::vector<v1::FieldDiff> DiffsOf(const Processing& processing) {
  std::vector<v1::FieldDiff> diffs;
  for (const std::string& field : processing.fields()) {
    v1::FieldDiff& diff = diffs.emplace_back();
    diff.set_field(field);
    const ProcessedField* known = FindProcessedField(field);
    diff.set_label(known == nullptr ? field : known->label);
    diff.set_before(FieldValueText(field, processing.raw()));
    diff.set_after(FieldValueText(field, processing.processed()));
    const TextDiff compared = DiffTexts(diff.before(), diff.after());
    diff.set_coarse(compared.coarse);
    for (const DiffSpan& span : compared.spans) {
      v1::TextSpan& added = *diff.add_spans();
      added.set_change(ChangeOf(span.kind));
      added.set_text(span.text);
    }
  }
  return diffs;
}

StatusOr<Processing> Processings::Visible(const rpc::CallContext& call, const std::string& name,
                                          const std::string& etag) const {
  DUIJIE_ASSIGN_OR_RETURN(Processing processing, table_.rows().Get(name));
  DUIJIE_RETURN_IF_ERROR(reader_.CheckSight(call, processing.achievement(), Visibility::kFull));
  DUIJIE_RETURN_IF_ERROR(ResourceTable<Processing>::CheckEtag(processing, etag));
  return processing;
}

Status Processings::RefreshRaw(const rpc::CallContext& call, Processing* processing) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Achievement achievement,
                          reader_.ReadFull(call, processing->achievement()));
  processing->set_title(achievement.title());
  processing->set_achievement_etag(achievement.etag());
  processing->clear_raw();
  CopyFields(FieldsOf(*processing), achievement, processing->mutable_raw());
  return OkStatus();
}

StatusOr<v1::CreateProcessingResponse> Processings::Create(const rpc::CallContext& call,
                                                           const v1::CreateProcessingRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "CreateProcessing", request);
  v1::CreateProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto before, d_.store.AnswerOf<Processing>(write));
  if (before) {
    *response.mutable_processing() = *before;
    return response;
  }
  Violations wrong = CheckProcessing(request.processing(), d_.industries);
  CheckName("processing.achievement", request.processing().achievement(), kAchievements, &wrong);
  DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
  Processing processing;
  processing.set_name(table_.rows().NameOf(d_.store.NewId()));
  processing.set_achievement(request.processing().achievement());
  TakeInput(request.processing(), &processing);
  DUIJIE_RETURN_IF_ERROR(RefreshRaw(call, &processing));
  RecordAuthors({}, key_id, d_.store.Now(), &processing);
  TakeStep(&processing, v1::PROCESSING_STATE_DRAFT, "", key_id, d_.store.Now());
  DUIJIE_RETURN_IF_ERROR(d_.store.Commit(write, {table_.rows().Create(processing, d_.store.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Stored(processing));
  return response;
}

StatusOr<v1::GetProcessingResponse> Processings::Get(const rpc::CallContext& call,
                                                     const v1::GetProcessingRequest& request) const {
  v1::GetProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Visible(call, request.name()));
  return response;
}

StatusOr<v1::ListProcessingsResponse> Processings::List(const rpc::CallContext& call,
                                                        const v1::ListProcessingsRequest& request) const {
  Violations wrong;
  if (!request.achievement().empty()) {
    CheckName("achievement", request.achievement(), kAchievements, &wrong);
  }
  DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(d_.store.tokens(), call.principal(), request, kListPages));
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<Processing> found,
                          reader_.VisiblePage<Processing>(
                              call, Visibility::kFull, page.position(), page.size(),
                              [&](const std::string& position, size_t limit) {
                                return table_.Latest(request.achievement(), request.state(), position, limit);
                              }));
  v1::ListProcessingsResponse response;
  for (Processing& processing : found.items) *response.add_processings() = std::move(processing);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::UpdateProcessingResponse> Processings::Update(const rpc::CallContext& call,
                                                           const v1::UpdateProcessingRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "UpdateProcessing", request);
  v1::UpdateProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, d_.store.AnswerOf<Processing>(write));
  if (answered) {
    *response.mutable_processing() = *answered;
    return response;
  }
  const Processing& input = request.processing();
  DUIJIE_RETURN_IF_ERROR(StatusOf(CheckProcessing(input, d_.industries)));
  DUIJIE_ASSIGN_OR_RETURN(Processing processing, Visible(call, input.name(), input.etag()));
  if (processing.state() != v1::PROCESSING_STATE_DRAFT &&
      processing.state() != v1::PROCESSING_STATE_RETURNED) {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "只有草稿和已退回的加工单可以修改",
                 {{"from", v1::ProcessingState_Name(processing.state())}});
  }
  const Processing before = processing;
  TakeInput(input, &processing);
  DUIJIE_RETURN_IF_ERROR(RefreshRaw(call, &processing));
  RecordAuthors(before, key_id, d_.store.Now(), &processing);
  DUIJIE_RETURN_IF_ERROR(
      d_.store.Commit(write, {table_.rows().Replace(processing, d_.store.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Stored(processing));
  return response;
}

StatusOr<v1::SubmitProcessingResponse> Processings::Submit(const rpc::CallContext& call,
                                                           const v1::SubmitProcessingRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "SubmitProcessing", request);
  v1::SubmitProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, d_.store.AnswerOf<Processing>(write));
  if (answered) {
    *response.mutable_processing() = *answered;
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(Processing processing, Visible(call, request.name(), request.etag()));
  DUIJIE_RETURN_IF_ERROR(CheckStep(processing.state(), v1::PROCESSING_STATE_SUBMITTED));
  DUIJIE_RETURN_IF_ERROR(RefreshRaw(call, &processing));
  const Violations missing = MissingInProcessing(processing);
  if (!missing.empty()) return Incomplete(missing);
  TakeStep(&processing, v1::PROCESSING_STATE_SUBMITTED, "", key_id, d_.store.Now());
  DUIJIE_RETURN_IF_ERROR(
      d_.store.Commit(write, {table_.rows().Replace(processing, d_.store.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Stored(processing));
  return response;
}

StatusOr<v1::ReturnProcessingResponse> Processings::Return(const rpc::CallContext& call,
                                                           const v1::ReturnProcessingRequest& request) const {
  const std::string& key_id = call.principal().key_id();
  const WriteRequest write = DescribeRequest(key_id, "ReturnProcessing", request);
  v1::ReturnProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, d_.store.AnswerOf<Processing>(write));
  if (answered) {
    *response.mutable_processing() = *answered;
    return response;
  }
  Violations wrong;
  CheckText("reason", request.reason(), {.required = true, .most = kReasonLength}, &wrong);
  DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
  DUIJIE_ASSIGN_OR_RETURN(Processing processing, Visible(call, request.name(), request.etag()));
  // Back to SUBMITTED from SIGNING is for the service alone; so is every other step that is not this one.
  DUIJIE_RETURN_IF_ERROR(CheckStep(processing.state(), v1::PROCESSING_STATE_RETURNED));
  TakeStep(&processing, v1::PROCESSING_STATE_RETURNED, request.reason(), key_id, d_.store.Now());
  DUIJIE_RETURN_IF_ERROR(
      d_.store.Commit(write, {table_.rows().Replace(processing, d_.store.Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Stored(processing));
  return response;
}

StatusOr<v1::SignProcessingResponse> Processings::Sign(const rpc::CallContext& call,
                                                       const v1::SignProcessingRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "SignProcessing", request);
  v1::SignProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, d_.store.AnswerOf<Processing>(write));
  if (!answered) {
    DUIJIE_ASSIGN_OR_RETURN(const Processing processing, Visible(call, request.name(), request.etag()));
    DUIJIE_RETURN_IF_ERROR(signing_.Sign(call, write, processing));
  }
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Visible(call, request.name()));
  return response;
}

StatusOr<v1::RevertProcessingResponse> Processings::Revert(const rpc::CallContext& call,
                                                           const v1::RevertProcessingRequest& request) {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "RevertProcessing", request);
  v1::RevertProcessingResponse response;
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, d_.store.AnswerOf<Processing>(write));
  if (!answered) {
    Violations wrong;
    CheckText("reason", request.reason(), {.required = true, .most = kReasonLength}, &wrong);
    DUIJIE_RETURN_IF_ERROR(StatusOf(std::move(wrong)));
    DUIJIE_ASSIGN_OR_RETURN(const Processing processing, Visible(call, request.name(), request.etag()));
    DUIJIE_RETURN_IF_ERROR(
        signing_.Revert(call, write, processing, request.reason(), request.overwrite_later_changes()));
  }
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_processing(), Visible(call, request.name()));
  return response;
}

StatusOr<v1::DiffProcessingResponse> Processings::Diff(const rpc::CallContext& call,
                                                       const v1::DiffProcessingRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const Processing processing, Visible(call, request.name()));
  v1::DiffProcessingResponse response;
  for (v1::FieldDiff& diff : DiffsOf(processing)) *response.add_diffs() = std::move(diff);
  return response;
}

StatusOr<v1::ExportProcessingResponse> Processings::Export(const rpc::CallContext& call,
                                                           const v1::ExportProcessingRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const Processing processing, Visible(call, request.name()));
  v1::ExportProcessingResponse response;
  response.set_file_name("成果二次加工单-" + std::string(*IdIn(kProcessings, processing.name())) + ".html");
  response.set_html(ProcessingPage(processing, DiffsOf(processing)));
  return response;
}

}  // namespace duijie::push
