// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/drafts.h"

#include <algorithm>

#include "common/resources/paging.h"
#include "common/storage/key_codec.h"
#include "common/text/encoding.h"
#include "services/mining/intake/draft_fields.h"
#include "services/mining/intake/need_access.h"

namespace duijie::mining {
namespace {

constexpr std::string_view kDrafts = "needDrafts";
constexpr std::string_view kByTime = "needDrafts.time";  // LatestFirstKey of create_time
constexpr std::string_view kByNote = "needDrafts.note";  // note_id, then the draft's id
constexpr int kMaxProvenances = 10;                      // of a need; see need.proto

std::string NoteKey(std::string_view note_id) {
  KeyBuilder key;
  key.Str(note_id);
  return key.Take();
}

std::vector<IndexKey> IndexKeysOf(const v1::NeedDraft& draft) {
  return {{std::string(kByTime), LatestFirstKey(MicrosOf(draft.create_time()))},
          {std::string(kByNote), NoteKey(draft.note_id()) + draft.name()}};
}

std::string StateName(v1::NeedDraftState state) { return v1::NeedDraftState_Name(state); }

Status CheckOpen(const v1::NeedDraft& draft, v1::NeedDraftState to) {
  if (draft.state() == v1::NEED_DRAFT_STATE_OPEN) return OkStatus();
  return IllegalStep(StateName(draft.state()), StateName(to));
}

Status CheckNote(const v1::CreateNeedDraftsRequest& request) {
  std::vector<FieldViolation> wrong;
  CheckNoteText(request.note(), true, kMaxNoteCodePoints, "note", &wrong);
  if (!v1::NoteSource_IsValid(request.source()) || request.source() == v1::NOTE_SOURCE_UNSPECIFIED) {
    wrong.push_back({"source", "REQUIRED", "须指明来源：走访、电话或门户"});
  }
  CheckNoteText(request.source_name(), false, kMaxShortText / 2, "source_name", &wrong);
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

// A name of the same draft in the catalog, so that a repeated confirmation finds it.
std::string NeedIdOf(const v1::NeedDraft& draft) { return draft.name().substr(draft.name().find('/') + 1); }

void Decide(v1::NeedDraft* draft, v1::NeedDraftState state, const std::string& actor, UnixMicros now) {
  draft->set_state(state);
  draft->set_decided_by(actor);
  *draft->mutable_decide_time() = TimestampOf(now);
}

}  // namespace

Drafts::Drafts(std::shared_ptr<MiningRole> role, std::shared_ptr<const NoteReader> reader)
    : role_(std::move(role)),
      reader_(std::move(reader)),
      table_(role_->store->log(), std::string(kDrafts), &IndexKeysOf) {}

StatusOr<v1::NeedDraft> Drafts::Read(const rpc::CallContext& call, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::NeedDraft draft, table_.Get(name));
  // Drafts are staff's working papers: not for the enterprise that they are about.
  if (call.principal().role() == v1::ROLE_ENTERPRISE) return NoSuchResource();
  if (!SeesStaffMatter(call.principal(), draft.park_code(), draft.enterprise())) return NoSuchResource();
  return draft;
}

StatusOr<std::vector<v1::NeedDraft>> Drafts::DraftsOf(const std::string& note_id) const {
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<v1::NeedDraft> page,
                          table_.ListByIndex(kByNote, NoteKey(note_id), "", kMaxProblems));
  return std::move(page.items);
}

StatusOr<v1::CreateNeedDraftsResponse> Drafts::Create(const rpc::CallContext& call,
                                                      const v1::CreateNeedDraftsRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  DUIJIE_RETURN_IF_ERROR(CheckNote(request));
  std::string park = request.park_code();
  if (!request.enterprise().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const v1::Enterprise enterprise,
                            ReadEnterprise(role_->peers, call, request.enterprise()));
    park = enterprise.park_code();
  }
  if (!SeesStaffMatter(call.principal(), park, "")) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "不在您负责的园区内", {{"field", "park_code"}});
  }
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "CreateNeedDrafts", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto before, store().AnswerOf<v1::NeedDraft>(write));
  v1::CreateNeedDraftsResponse response;
  std::string note_id;
  if (before) {
    note_id = before->note_id();
  } else {
    const std::vector<v1::NoteReading> readings = reader_->Read(request.note());
    if (readings.empty()) return InvalidField("note", "REQUIRED", "必填");
    note_id = store().NewId();
    const UnixMicros now = store().Now();
    std::vector<Mutation> mutations;
    for (const v1::NoteReading& reading : readings) {
      v1::NeedDraft draft;
      draft.set_name(table_.NameOf(store().NewId()));
      draft.set_source(request.source());
      draft.set_source_name(request.source_name());
      draft.set_enterprise(request.enterprise());
      draft.set_park_code(park);
      draft.set_note(request.note());
      draft.set_note_id(note_id);
      *draft.mutable_reading() = reading;
      FillFromReading(&draft);
      draft.set_state(v1::NEED_DRAFT_STATE_OPEN);
      draft.set_creator(call.principal().key_id());
      mutations.push_back(table_.Create(std::move(draft), now));
    }
    DUIJIE_RETURN_IF_ERROR(store().Commit(write, std::move(mutations)).status());
  }
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::NeedDraft> drafts, DraftsOf(note_id));
  std::sort(drafts.begin(), drafts.end(), [](const v1::NeedDraft& a, const v1::NeedDraft& b) {
    return a.reading().part().begin() < b.reading().part().begin();
  });
  for (v1::NeedDraft& draft : drafts) *response.add_need_drafts() = std::move(draft);
  return response;
}

StatusOr<v1::GetNeedDraftResponse> Drafts::Get(const rpc::CallContext& call,
                                               const v1::GetNeedDraftRequest& request) const {
  v1::GetNeedDraftResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_draft(), Read(call, request.name()));
  return response;
}

StatusOr<v1::ListNeedDraftsResponse> Drafts::List(const rpc::CallContext& call,
                                                  const v1::ListNeedDraftsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store().tokens(), call.principal(), request));
  const auto keep = [&](const v1::NeedDraft& draft) {
    if (request.state() != v1::NEED_DRAFT_STATE_UNSPECIFIED && draft.state() != request.state()) return false;
    if (!request.enterprise().empty() && draft.enterprise() != request.enterprise()) return false;
    return SeesStaffMatter(call.principal(), draft.park_code(), draft.enterprise());
  };
  DUIJIE_ASSIGN_OR_RETURN(ResourcePage<v1::NeedDraft> found,
                          table_.ListByIndex(kByTime, "", page.position(), page.size(), keep));
  v1::ListNeedDraftsResponse response;
  for (v1::NeedDraft& draft : found.items) *response.add_need_drafts() = std::move(draft);
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

StatusOr<v1::UpdateNeedDraftResponse> Drafts::Update(const rpc::CallContext& call,
                                                     const v1::UpdateNeedDraftRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  DUIJIE_ASSIGN_OR_RETURN(v1::NeedDraft draft, Read(call, request.need_draft().name()));
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdateNeedDraft", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto before, store().AnswerOf<v1::NeedDraft>(write));
  v1::UpdateNeedDraftResponse response;
  if (before) {
    *response.mutable_need_draft() = *before;
    return response;
  }
  DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(draft, request.need_draft().etag()));
  DUIJIE_RETURN_IF_ERROR(CheckOpen(draft, v1::NEED_DRAFT_STATE_OPEN));
  DUIJIE_RETURN_IF_ERROR(TakeChanges(request, call.principal().key_id(), store().Now(), &draft));
  DUIJIE_RETURN_IF_ERROR(store().Commit(write, {table_.Replace(draft, store().Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_draft(), table_.Get(draft.name()));
  return response;
}

StatusOr<v1::Need> Drafts::MakeNeed(const rpc::CallContext& call, const v1::NeedDraft& draft,
                                    bool submit) const {
  DUIJIE_RETURN_IF_ERROR(CheckComplete(draft, submit));
  v1::CreateNeedRequest create;
  *create.mutable_need() = NeedOf(draft);
  create.set_need_id(NeedIdOf(draft));
  const StatusOr<v1::CreateNeedResponse> created = role_->peers.create_need(call, create);
  v1::Need need;
  if (created.ok()) {
    need = created->need();
  } else if (created.status().code() == StatusCode::kAlreadyExists) {
    // An earlier confirmation came this far, and no further. A clash of its own is told as it is.
    StatusOr<v1::Need> there = ReadNeed(role_->peers, call, "needs/" + NeedIdOf(draft));
    if (!there.ok()) return created.status();
    need = *std::move(there);
  } else {
    return created.status();
  }
  if (!submit || need.state() != v1::RECORD_STATE_DRAFT) return need;
  v1::TransitionNeedRequest step;
  step.set_name(need.name());
  step.set_to(v1::RECORD_STATE_SUBMITTED);
  DUIJIE_ASSIGN_OR_RETURN(v1::TransitionNeedResponse submitted, role_->peers.transition_need(call, step));
  return std::move(*submitted.mutable_need());
}

StatusOr<v1::Need> Drafts::JoinNeed(const rpc::CallContext& call, const v1::NeedDraft& draft,
                                    const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::Need need, ReadOwnNeed(role_->peers, call, name));
  if (!draft.enterprise().empty() && !need.enterprise().empty() && draft.enterprise() != need.enterprise()) {
    return InvalidField("join_need", "OTHER_ENTERPRISE", "这条需求属于另一家企业");
  }
  const v1::Provenance added = ProvenanceOf(draft);
  for (const v1::Provenance& known : need.provenances()) {
    if (known.source_library() == added.source_library() && known.external_id() == added.external_id())
      return need;
  }
  if (need.provenances_size() == kMaxProvenances) {
    return InvalidField("join_need", "TOO_MANY", "这条需求的来源已有 10 个");
  }
  v1::UpdateNeedRequest update;
  update.mutable_need()->set_name(need.name());
  update.mutable_need()->set_etag(need.etag());
  *update.mutable_need()->mutable_provenances() = need.provenances();
  *update.mutable_need()->add_provenances() = added;
  update.mutable_update_mask()->add_paths("provenances");
  if (draft.tier() > need.tier()) {
    update.mutable_need()->set_tier(draft.tier());
    update.mutable_update_mask()->add_paths("tier");
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::UpdateNeedResponse updated, role_->peers.update_need(call, update));
  return std::move(*updated.mutable_need());
}

StatusOr<v1::ConfirmNeedDraftResponse> Drafts::Confirm(const rpc::CallContext& call,
                                                       const v1::ConfirmNeedDraftRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  DUIJIE_ASSIGN_OR_RETURN(v1::NeedDraft draft, Read(call, request.name()));
  v1::ConfirmNeedDraftResponse response;
  if (draft.state() == v1::NEED_DRAFT_STATE_CONFIRMED) {
    const bool same = request.join_need().empty() || request.join_need() == draft.need();
    if (!same) return IllegalStep(StateName(draft.state()), StateName(v1::NEED_DRAFT_STATE_CONFIRMED));
    DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need(), ReadNeed(role_->peers, call, draft.need()));
    *response.mutable_need_draft() = std::move(draft);
    return response;
  }
  DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(draft, request.etag()));
  DUIJIE_RETURN_IF_ERROR(CheckOpen(draft, v1::NEED_DRAFT_STATE_CONFIRMED));
  StatusOr<v1::Need> need = request.join_need().empty() ? MakeNeed(call, draft, request.submit())
                                                        : JoinNeed(call, draft, request.join_need());
  if (!need.ok()) return need.status();
  draft.set_need(need->name());
  Decide(&draft, v1::NEED_DRAFT_STATE_CONFIRMED, call.principal().key_id(), store().Now());
  DUIJIE_RETURN_IF_ERROR(store().Commit({table_.Replace(draft, store().Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_draft(), table_.Get(draft.name()));
  *response.mutable_need() = *std::move(need);
  return response;
}

StatusOr<v1::RejectNeedDraftResponse> Drafts::Reject(const rpc::CallContext& call,
                                                     const v1::RejectNeedDraftRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  std::vector<FieldViolation> wrong;
  CheckNoteText(request.reason(), true, kMaxReasonCodePoints, "reason", &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  DUIJIE_ASSIGN_OR_RETURN(v1::NeedDraft draft, Read(call, request.name()));
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "RejectNeedDraft", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto before, store().AnswerOf<v1::NeedDraft>(write));
  v1::RejectNeedDraftResponse response;
  if (before) {
    *response.mutable_need_draft() = *before;
    return response;
  }
  DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(draft, request.etag()));
  DUIJIE_RETURN_IF_ERROR(CheckOpen(draft, v1::NEED_DRAFT_STATE_REJECTED));
  draft.set_reject_reason(request.reason());
  Decide(&draft, v1::NEED_DRAFT_STATE_REJECTED, call.principal().key_id(), store().Now());
  DUIJIE_RETURN_IF_ERROR(store().Commit(write, {table_.Replace(draft, store().Now())}).status());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_draft(), table_.Get(draft.name()));
  return response;
}

StatusOr<v1::ExtractNotesResponse> Drafts::Extract(const v1::ExtractNotesRequest& request) const {
  if (request.texts().empty() || request.texts_size() > kMaxTextsPerExtraction) {
    return InvalidField("texts", "OUT_OF_RANGE", "文本须为 1 至 200 段");
  }
  v1::ExtractNotesResponse response;
  for (int i = 0; i < request.texts_size(); ++i) {
    if (CountCodePoints(request.texts(i)) > kMaxNoteCodePoints) {
      return InvalidField("texts[" + std::to_string(i) + "]", "TOO_LONG", "每段最多 20000 个字符");
    }
    v1::ExtractedNote* const note = response.add_notes();
    for (v1::NoteReading& reading : reader_->Read(request.texts(i)))
      *note->add_readings() = std::move(reading);
  }
  return response;
}

}  // namespace duijie::mining
