// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/latent_needs.h"

#include <algorithm>

#include "common/base/calendar.h"
#include "common/resources/derived_uuid.h"
#include "common/resources/paging.h"
#include "services/mining/intake/need_access.h"
#include "services/mining/profile/latent_steps.h"
#include "services/mining/visits/digest_parts.h"
#include "services/mining/visits/enterprise_history.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

constexpr char kLatentNeeds[] = "latentNeeds";
constexpr char kByEnterprise[] = "latent_needs_by_enterprise";
constexpr char kLatest[] = "latent_needs_latest";
constexpr char kNotPublicAnyMore[] = "（所依据的同行需求已不再公开）";
constexpr size_t kIdLength = 32;  // hex digits

std::string EnterpriseKey(const std::string& enterprise) { return enterprise + "|"; }

std::vector<IndexKey> KeysOf(const v1::LatentNeed& latent) {
  const std::string time = LatestFirstKey(MicrosOf(latent.create_time()));
  return {{kLatest, time, false}, {kByEnterprise, EnterpriseKey(latent.enterprise()) + time, false}};
}

std::string IdOf(const std::string& enterprise, const std::string& key) {
  DigestParts parts;
  parts.Add(enterprise);
  parts.Add(key);
  return parts.Sha256Hex().substr(0, kIdLength);
}

// What a new look at the enterprise may change of a hypothesis.
void TakeEvidence(const v1::LatentNeed& from, v1::LatentNeed* to) {
  to->set_problem(from.problem());
  *to->mutable_evidence() = from.evidence();
  to->set_snapshot_revision(from.snapshot_revision());
  to->set_as_of(from.as_of());
  to->set_rules_version(from.rules_version());
}

bool SameEvidence(const v1::LatentNeed& a, const v1::LatentNeed& b) {
  return std::equal(a.evidence().begin(), a.evidence().end(), b.evidence().begin(), b.evidence().end(),
                    [](const v1::LatentEvidence& x, const v1::LatentEvidence& y) {
                      return x.SerializeAsString() == y.SerializeAsString();
                    });
}

// Fills in the titles of needs that are still public; takes away the evidence of others.
void QuoteNeeds(const std::map<std::string, v1::Need>& needs, v1::LatentNeed* latent) {
  v1::LatentNeed quoted;
  for (v1::LatentEvidence& evidence : *latent->mutable_evidence()) {
    if (evidence.basis() == v1::LATENT_BASIS_PUBLIC_NEED) {
      const auto need = needs.find(evidence.source());
      if (need == needs.end() || !IsQuotable(need->second)) continue;
      evidence.set_text(need->second.title());
      if (latent->problem().empty()) latent->set_problem(need->second.title());
    }
    *quoted.add_evidence() = std::move(evidence);
  }
  *latent->mutable_evidence() = std::move(*quoted.mutable_evidence());
  if (latent->problem().empty()) latent->set_problem(kNotPublicAnyMore);
}

}  // namespace

LatentNeeds::LatentNeeds(const VisitContext& context, const EnterpriseProfiles& profiles,
                         std::shared_ptr<const NoteReader> reader)
    : context_(context),
      profiles_(profiles),
      reader_(std::move(reader)),
      drafts_(context.role, reader_),
      table_(context.store().log(), kLatentNeeds, &KeysOf) {}

StatusOr<GuessInput> LatentNeeds::Gather(const rpc::CallContext& call, const std::string& enterprise,
                                         int64_t* revision) const {
  GuessInput input;
  DUIJIE_ASSIGN_OR_RETURN(input.enterprise, ReadEnterprise(context_.role->peers, call, enterprise));
  const CatalogView catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(NeedsOfEnterprise own, ReadNeedsOf(catalog, enterprise));
  input.needs = std::move(own.needs);
  *revision = own.revision;
  DUIJIE_ASSIGN_OR_RETURN(input.pushes, profiles_.PushesTo(call, enterprise));
  DUIJIE_ASSIGN_OR_RETURN(input.visits, ReadVisitsTo(context_, call.principal(), enterprise));
  DUIJIE_ASSIGN_OR_RETURN(input.peers, context_.peer_problems.Find(call, input.enterprise, own.revision));
  input.industry = IndustryName(*context_.taxonomies, input.peers.industry);
  input.as_of = DayInChina(store().Now());
  return input;
}

v1::LatentNeed LatentNeeds::NewOf(const rpc::CallContext& call, const GuessInput& input, int64_t revision,
                                  const Guess& guess) const {
  v1::LatentNeed latent;
  latent.set_name(table_.NameOf(IdOf(input.enterprise.name(), guess.key)));
  latent.set_enterprise(input.enterprise.name());
  latent.set_enterprise_title(input.enterprise.title());
  latent.set_park_code(input.enterprise.park_code());
  latent.set_problem(guess.problem);
  for (const v1::LatentEvidence& evidence : guess.evidence) *latent.add_evidence() = evidence;
  latent.set_snapshot_revision(revision);
  latent.set_as_of(FormatDay(input.as_of));
  latent.set_rules_version(kLatentRules);
  latent.set_creator(call.principal().key_id());
  TakeStep(v1::LATENT_NEED_STATE_HYPOTHESIS, "", call.principal(), store().Now(), &latent);
  return latent;
}

StatusOr<std::vector<Mutation>> LatentNeeds::Changes(const std::vector<v1::LatentNeed>& guessed,
                                                     int* created) const {
  std::vector<Mutation> mutations;
  for (const v1::LatentNeed& guess : guessed) {
    StatusOr<v1::LatentNeed> stored = table_.Get(guess.name());
    if (stored.status().code() == StatusCode::kNotFound) {
      mutations.push_back(table_.Create(guess, store().Now()));
      ++*created;
      continue;
    }
    DUIJIE_RETURN_IF_ERROR(stored.status());
    if (stored->state() != v1::LATENT_NEED_STATE_HYPOTHESIS || SameEvidence(*stored, guess)) continue;
    TakeEvidence(guess, &*stored);
    mutations.push_back(table_.Replace(*std::move(stored), store().Now()));
  }
  return mutations;
}

StatusOr<v1::ProposeLatentNeedsResponse> LatentNeeds::Propose(
    const rpc::CallContext& call, const v1::ProposeLatentNeedsRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "ProposeLatentNeeds", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto answered, store().AnswerOf<v1::LatentNeed>(write));
  int64_t revision = 0;
  DUIJIE_ASSIGN_OR_RETURN(const GuessInput input, Gather(call, request.enterprise(), &revision));
  const auto find_words = [this](std::string_view text) { return context_.peer_problems.WordsIn(text); };
  std::vector<v1::LatentNeed> guessed;
  for (const Guess& guess : GuessNeeds(input, *reader_, find_words)) {
    guessed.push_back(NewOf(call, input, revision, guess));
  }
  v1::ProposeLatentNeedsResponse response;
  if (!answered) {
    int created = 0;
    DUIJIE_ASSIGN_OR_RETURN(std::vector<Mutation> changes, Changes(guessed, &created));
    if (!changes.empty()) DUIJIE_RETURN_IF_ERROR(store().Commit(write, std::move(changes)).status());
    response.set_created(created);
  }
  std::vector<v1::LatentNeed> stored;
  for (const v1::LatentNeed& guess : guessed) {
    StatusOr<v1::LatentNeed> latent = table_.Get(guess.name());
    if (latent.status().code() == StatusCode::kNotFound) continue;  // came up after the first call
    DUIJIE_RETURN_IF_ERROR(latent.status());
    if (MaySeeLatent(call.principal(), *latent)) stored.push_back(*std::move(latent));
  }
  DUIJIE_RETURN_IF_ERROR(Show(call, std::move(stored), response.mutable_latent_needs()));
  return response;
}

StatusOr<v1::LatentNeed> LatentNeeds::Visible(const rpc::CallContext& call, const std::string& name) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::LatentNeed latent, table_.Get(name));
  if (!MaySeeLatent(call.principal(), latent)) return NoSuchResource();
  return latent;
}

Status LatentNeeds::Show(const rpc::CallContext& call, std::vector<v1::LatentNeed> latent,
                         Answers* answers) const {
  std::set<std::string> names;
  for (const v1::LatentNeed& guess : latent) {
    for (const v1::LatentEvidence& evidence : guess.evidence()) {
      if (evidence.basis() == v1::LATENT_BASIS_PUBLIC_NEED) names.insert(evidence.source());
    }
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto needs, CatalogView(context_.role->peers, call).AllNeeds(names));
  for (v1::LatentNeed& guess : latent) {
    QuoteNeeds(needs, &guess);
    if (call.principal().role() == v1::ROLE_ENTERPRISE) HideFromEnterprise(&guess);
    *answers->Add() = std::move(guess);
  }
  return OkStatus();
}

StatusOr<v1::LatentNeed> LatentNeeds::Shown(const rpc::CallContext& call, v1::LatentNeed latent) const {
  Answers answers;
  DUIJIE_RETURN_IF_ERROR(Show(call, {std::move(latent)}, &answers));
  return std::move(*answers.Mutable(0));
}

StatusOr<v1::GetLatentNeedResponse> LatentNeeds::Get(const rpc::CallContext& call,
                                                     const v1::GetLatentNeedRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::LatentNeed latent, Visible(call, request.name()));
  v1::GetLatentNeedResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_latent_need(), Shown(call, std::move(latent)));
  return response;
}

StatusOr<v1::ListLatentNeedsResponse> LatentNeeds::List(const rpc::CallContext& call,
                                                        const v1::ListLatentNeedsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const PageOfList page,
                          PageOfList::Open(store().tokens(), call.principal(), request, kListPages));
  const auto keep = [&](const v1::LatentNeed& latent) {
    const bool wanted =
        request.state() == v1::LATENT_NEED_STATE_UNSPECIFIED || request.state() == latent.state();
    return wanted && MaySeeLatent(call.principal(), latent);
  };
  const bool of_one = !request.enterprise().empty();
  DUIJIE_ASSIGN_OR_RETURN(auto found, table_.ListByIndex(of_one ? kByEnterprise : kLatest,
                                                         of_one ? EnterpriseKey(request.enterprise()) : "",
                                                         page.position(), page.size(), keep));
  v1::ListLatentNeedsResponse response;
  DUIJIE_RETURN_IF_ERROR(Show(call, std::move(found.items), response.mutable_latent_needs()));
  response.set_next_page_token(page.TokenFor(found.next));
  return response;
}

Status LatentNeeds::Confirm(const rpc::CallContext& call, const v1::TransitionLatentNeedRequest& request,
                            v1::LatentNeed* latent) const {
  if (!request.need().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadNeed(context_.role->peers, call, request.need()));
    if (need.enterprise() != latent->enterprise()) {
      return InvalidField("need", "OTHER_ENTERPRISE", "不是这家企业的需求");
    }
    latent->set_need(need.name());
    return OkStatus();
  }
  if (call.principal().role() == v1::ROLE_ENTERPRISE) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "需求草稿由工作人员办理，请给出需求编号");
  }
  if (!request.need_draft().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(const v1::NeedDraft draft, drafts_.Read(call, request.need_draft()));
    if (draft.enterprise() != latent->enterprise()) {
      return InvalidField("need_draft", "OTHER_ENTERPRISE", "不是这家企业的需求草稿");
    }
    latent->add_need_drafts(draft.name());
    return OkStatus();
  }
  v1::CreateNeedDraftsRequest note;
  note.set_note(request.note());
  note.set_source(request.note_source() == v1::NOTE_SOURCE_UNSPECIFIED ? v1::NOTE_SOURCE_VISIT
                                                                       : request.note_source());
  note.set_source_name(latent->name());
  note.set_enterprise(latent->enterprise());
  note.set_request_id(DerivedUuid(latent->name() + "|" + call.principal().key_id() + "|" + request.note()));
  DUIJIE_ASSIGN_OR_RETURN(const v1::CreateNeedDraftsResponse made, drafts_.Create(call, note));
  for (const v1::NeedDraft& draft : made.need_drafts()) latent->add_need_drafts(draft.name());
  return OkStatus();
}

StatusOr<v1::TransitionLatentNeedResponse> LatentNeeds::Transition(
    const rpc::CallContext& call, const v1::TransitionLatentNeedRequest& request) const {
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "TransitionLatentNeed", request);
  DUIJIE_ASSIGN_OR_RETURN(v1::LatentNeed latent, Visible(call, request.name()));
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store().AnswerOf<v1::LatentNeed>(write));
  if (!answer) {
    DUIJIE_RETURN_IF_ERROR(table_.CheckEtag(latent, request.etag()));
    DUIJIE_RETURN_IF_ERROR(CheckLatentStep(latent.state(), request));
    if (request.to() == v1::LATENT_NEED_STATE_CONFIRMED) {
      DUIJIE_RETURN_IF_ERROR(Confirm(call, request, &latent));
    } else if (request.to() == v1::LATENT_NEED_STATE_REJECTED) {
      latent.set_reject_reason(request.reason());
    }
    TakeStep(request.to(), request.reason(), call.principal(), store().Now(), &latent);
    DUIJIE_RETURN_IF_ERROR(store().Commit(write, {table_.Replace(latent, store().Now())}).status());
    DUIJIE_ASSIGN_OR_RETURN(answer, table_.Get(latent.name()));
  }
  v1::TransitionLatentNeedResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_latent_need(), Shown(call, *std::move(answer)));
  return response;
}

}  // namespace duijie::mining
