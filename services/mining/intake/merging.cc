// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/intake/merging.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/text/encoding.h"
#include "services/mining/intake/need_access.h"

namespace duijie::mining {
namespace {

constexpr std::string_view kMerges = "needMerges";
constexpr int kMostCandidates = 100;         // of each of the two searches
constexpr size_t kMaxQueryCodePoints = 200;  // of the text that is searched for
constexpr int kDefaultDuplicates = 10;

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

v1::ConfidentialityTier TierOf(const v1::Need& need) {
  return need.tier() == v1::CONFIDENTIALITY_TIER_UNSPECIFIED ? v1::CONFIDENTIALITY_TIER_ANONYMOUS
                                                             : need.tier();
}

bool SameSource(const v1::Provenance& a, const v1::Provenance& b) {
  return a.source_library() == b.source_library() && a.external_id() == b.external_id();
}

std::string TextOf(const v1::Need& need) {
  std::string text = need.title() + "\n" + need.description();
  for (const v1::Indicator& target : need.targets()) text += "\n" + target.name();
  return text;
}

std::string Explained(double similarity, bool same_enterprise) {
  constexpr double kPercent = 100;
  std::string text = same_enterprise ? "同一企业，" : "";
  return text + "文字相似度 " + std::to_string(static_cast<int>(std::lround(similarity * kPercent))) + "%";
}

}  // namespace

double TextSimilarity(const Analyzer& analyzer, std::string_view a, std::string_view b) {
  std::map<std::string, std::pair<double, double>> counts;
  for (std::string& gram : analyzer.Bigrams(a)) counts[std::move(gram)].first += 1;
  for (std::string& gram : analyzer.Bigrams(b)) counts[std::move(gram)].second += 1;
  double dot = 0;
  double norm_a = 0;
  double norm_b = 0;
  for (const auto& [gram, count] : counts) {
    dot += count.first * count.second;
    norm_a += count.first * count.first;
    norm_b += count.second * count.second;
  }
  return dot > 0 ? dot / std::sqrt(norm_a * norm_b) : 0;
}

v1::ConfidentialityTier StricterTier(v1::ConfidentialityTier a, v1::ConfidentialityTier b) {
  const auto set = [](v1::ConfidentialityTier tier) {
    return tier == v1::CONFIDENTIALITY_TIER_UNSPECIFIED ? v1::CONFIDENTIALITY_TIER_ANONYMOUS : tier;
  };
  return std::max(set(a), set(b));
}

Merging::Merging(std::shared_ptr<MiningRole> role, std::shared_ptr<const Analyzer> analyzer,
                 const Drafts& drafts)
    : role_(std::move(role)),
      analyzer_(std::move(analyzer)),
      drafts_(drafts),
      table_(role_->store->log(), std::string(kMerges)) {}

StatusOr<std::string> Merging::CreditCodeOf(const rpc::CallContext& call,
                                            const std::string& enterprise) const {
  if (enterprise.empty()) return std::string();
  internal::v1::ReadRecordsRequest request;
  request.add_names(enterprise);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse response,
                          role_->peers.read_records(call, request));
  return response.records_size() == 1 ? response.records(0).enterprise().credit_code() : std::string();
}

StatusOr<Merging::Subject> Merging::SubjectOf(const rpc::CallContext& call, const std::string& name) const {
  Subject subject;
  if (IdIn("needs", name)) {
    DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadNeed(role_->peers, call, name));
    subject = {name, need.title(), TextOf(need), need.enterprise(), ""};
  } else {
    DUIJIE_ASSIGN_OR_RETURN(const v1::NeedDraft draft, drafts_.Read(call, name));
    subject = {draft.need(), draft.title(), draft.title() + "\n" + draft.description(), draft.enterprise(),
               ""};
    for (const v1::Indicator& target : draft.targets()) subject.text += "\n" + target.name();
  }
  DUIJIE_ASSIGN_OR_RETURN(subject.credit_code, CreditCodeOf(call, subject.enterprise));
  return subject;
}

// Needs of the same enterprise, and those that a search for the title finds.
StatusOr<std::vector<std::string>> Merging::Candidates(const rpc::CallContext& call,
                                                       const Subject& subject) const {
  std::set<std::string> names;
  const auto search = [&](const v1::SearchRequest& request) -> Status {
    DUIJIE_ASSIGN_OR_RETURN(const v1::SearchResponse response, role_->peers.search(call, request));
    for (const v1::SearchHit& hit : response.hits()) names.insert(hit.name());
    return OkStatus();
  };
  v1::SearchRequest by_text;
  by_text.set_collection(v1::COLLECTION_NEEDS);
  by_text.set_query(TruncateCodePoints(subject.title, kMaxQueryCodePoints));
  by_text.mutable_filter()->add_states(v1::RECORD_STATE_UNSPECIFIED);
  by_text.set_page_size(kMostCandidates);
  DUIJIE_RETURN_IF_ERROR(search(by_text));
  if (!subject.enterprise.empty()) {
    v1::SearchRequest by_enterprise = by_text;
    by_enterprise.clear_query();
    by_enterprise.mutable_filter()->add_enterprises(subject.enterprise);
    DUIJIE_RETURN_IF_ERROR(search(by_enterprise));
  }
  names.erase(subject.name);
  return std::vector<std::string>(names.begin(), names.end());
}

StatusOr<v1::FindDuplicateNeedsResponse> Merging::FindDuplicates(
    const rpc::CallContext& call, const v1::FindDuplicateNeedsRequest& request) const {
  if (request.page_size() < 0) return InvalidField("page_size", "OUT_OF_RANGE", "条数不能为负");
  DUIJIE_ASSIGN_OR_RETURN(const Subject subject, SubjectOf(call, request.name()));
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<std::string> names, Candidates(call, subject));
  v1::FindDuplicateNeedsResponse response;
  if (names.empty()) return response;
  internal::v1::ReadRecordsRequest read;
  for (const std::string& name : names) read.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse records,
                          role_->peers.read_records(call, read));
  std::map<std::string, std::string> credit_codes;
  std::vector<v1::DuplicateNeed> found;
  for (const internal::v1::Record& record : records.records()) {
    const v1::Need& need = record.need();
    if (!record.has_need() || need.state() == v1::RECORD_STATE_CLOSED) continue;
    if (VisibilityOf(call.principal(), AccessOf(need)) != Visibility::kFull) continue;
    if (table_.GetById(IdOf(need.name())).ok()) continue;  // merged away
    bool same = !subject.enterprise.empty() && need.enterprise() == subject.enterprise;
    if (!same && !subject.credit_code.empty() && !need.enterprise().empty()) {
      const auto [known, added] = credit_codes.try_emplace(need.enterprise());
      if (added) {
        DUIJIE_ASSIGN_OR_RETURN(known->second, CreditCodeOf(call, need.enterprise()));
      }
      same = known->second == subject.credit_code;
    }
    const double similarity = TextSimilarity(*analyzer_, subject.text, TextOf(need));
    const double score = std::min(1.0, similarity + (same ? kSameEnterpriseBonus : 0));
    if (score < kLeastDuplicateScore) continue;
    v1::DuplicateNeed& duplicate = found.emplace_back();
    duplicate.set_need(need.name());
    duplicate.set_title(need.title());
    duplicate.set_state(need.state());
    duplicate.set_similarity(similarity);
    duplicate.set_same_enterprise(same);
    duplicate.set_score(score);
    duplicate.set_text(Explained(similarity, same));
  }
  std::sort(found.begin(), found.end(), [](const v1::DuplicateNeed& a, const v1::DuplicateNeed& b) {
    return a.score() != b.score() ? a.score() > b.score() : a.need() < b.need();
  });
  const int size =
      request.page_size() == 0 ? kDefaultDuplicates : std::min(request.page_size(), kMostDuplicates);
  for (size_t i = 0; i < found.size() && static_cast<int>(i) < size; ++i)
    *response.add_duplicates() = found[i];
  return response;
}

StatusOr<v1::NeedMerge> Merging::Plan(const rpc::CallContext& call,
                                      const v1::MergeNeedsRequest& request) const {
  if (request.kept() == request.merged()) return InvalidField("merged", "SAME_NEED", "不能与自身合并");
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need kept, ReadOwnNeed(role_->peers, call, request.kept()));
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need merged, ReadOwnNeed(role_->peers, call, request.merged()));
  const StatusOr<v1::NeedMerge> begun = table_.GetById(IdOf(request.merged()));
  if (begun.ok() && begun->kept() == request.kept()) return begun;
  if (begun.ok()) {
    return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "这条需求已并入另一条需求",
                 {{"kept", begun->kept()}});
  }
  if (begun.status().code() != StatusCode::kNotFound) return begun.status();
  for (const v1::Need* need : {&kept, &merged}) {
    if (need->state() != v1::RECORD_STATE_CLOSED) continue;
    return Error(StatusCode::kFailedPrecondition, "RECORD_CLOSED", "已关闭的需求不能合并",
                 {{"need", need->name()}});
  }
  if (!kept.enterprise().empty() && !merged.enterprise().empty() &&
      kept.enterprise() != merged.enterprise()) {
    DUIJIE_ASSIGN_OR_RETURN(const std::string a, CreditCodeOf(call, kept.enterprise()));
    DUIJIE_ASSIGN_OR_RETURN(const std::string b, CreditCodeOf(call, merged.enterprise()));
    if (a.empty() || a != b) {
      return InvalidField("merged", "OTHER_ENTERPRISE",
                          "两条需求属于不同的企业：不能合并，可列为共性技术需求");
    }
  }
  v1::NeedMerge merge;
  merge.set_name(table_.NameOf(IdOf(merged.name())));
  merge.set_kept(kept.name());
  merge.set_merged(merged.name());
  *merge.mutable_provenances() = kept.provenances();
  for (const v1::Provenance& source : merged.provenances()) {
    const auto& known = merge.provenances();
    const bool there =
        std::any_of(known.begin(), known.end(), [&](const auto& one) { return SameSource(one, source); });
    if (!there) *merge.add_provenances() = source;
  }
  if (merge.provenances_size() > kMaxJoinedProvenances) {
    return InvalidField("merged", "TOO_MANY", "合并后来源超过 10 个");
  }
  merge.set_tier(StricterTier(TierOf(kept), TierOf(merged)));
  merge.set_state(v1::NEED_MERGE_STATE_PENDING);
  merge.set_park_code(kept.park_code());
  merge.set_enterprise(kept.enterprise());
  merge.set_actor(call.principal().key_id());
  DUIJIE_RETURN_IF_ERROR(role_->store->Commit({table_.Create(merge, role_->store->Now())}).status());
  return table_.Get(merge.name());
}

// A source belongs to one need at a time, so it is given up before it is taken.
Status Merging::GiveUpSources(const rpc::CallContext& call, const v1::NeedMerge& merge) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need merged, ReadNeed(role_->peers, call, merge.merged()));
  if (merged.provenances().empty() || merged.state() == v1::RECORD_STATE_CLOSED) return OkStatus();
  v1::UpdateNeedRequest update;
  update.mutable_need()->set_name(merged.name());
  update.mutable_need()->set_etag(merged.etag());
  update.mutable_update_mask()->add_paths("provenances");
  return role_->peers.update_need(call, update).status();
}

Status Merging::TakeSources(const rpc::CallContext& call, const v1::NeedMerge& merge) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need kept, ReadNeed(role_->peers, call, merge.kept()));
  v1::UpdateNeedRequest update;
  v1::Need& changed = *update.mutable_need();
  changed.set_name(kept.name());
  changed.set_etag(kept.etag());
  *changed.mutable_provenances() = kept.provenances();
  for (const v1::Provenance& source : merge.provenances()) {
    const auto& known = kept.provenances();
    const bool there =
        std::any_of(known.begin(), known.end(), [&](const auto& one) { return SameSource(one, source); });
    if (!there) *changed.add_provenances() = source;
  }
  changed.set_tier(StricterTier(TierOf(kept), merge.tier()));
  update.mutable_update_mask()->add_paths("provenances");
  update.mutable_update_mask()->add_paths("tier");
  if (changed.provenances_size() == kept.provenances_size() && changed.tier() == kept.tier())
    return OkStatus();
  return role_->peers.update_need(call, update).status();
}

Status Merging::Close(const rpc::CallContext& call, const v1::NeedMerge& merge) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need merged, ReadNeed(role_->peers, call, merge.merged()));
  if (merged.state() == v1::RECORD_STATE_CLOSED) return OkStatus();
  v1::TransitionNeedRequest step;
  step.set_name(merged.name());
  step.set_to(v1::RECORD_STATE_CLOSED);
  step.set_reason("与 " + merge.kept() + " 为同一需求，已并入");
  return role_->peers.transition_need(call, step).status();
}

StatusOr<v1::MergeNeedsResponse> Merging::Merge(const rpc::CallContext& call,
                                                const v1::MergeNeedsRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::NeedMerge merge, Plan(call, request));
  if (merge.state() != v1::NEED_MERGE_STATE_DONE) {
    DUIJIE_RETURN_IF_ERROR(GiveUpSources(call, merge));
    DUIJIE_RETURN_IF_ERROR(TakeSources(call, merge));
    DUIJIE_RETURN_IF_ERROR(Close(call, merge));
    merge.set_state(v1::NEED_MERGE_STATE_DONE);
    DUIJIE_RETURN_IF_ERROR(role_->store->Commit({table_.Replace(merge, role_->store->Now())}).status());
  }
  v1::MergeNeedsResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need(), ReadNeed(role_->peers, call, merge.kept()));
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_need_merge(), table_.Get(merge.name()));
  return response;
}

}  // namespace duijie::mining
