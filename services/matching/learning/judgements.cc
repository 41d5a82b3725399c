// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgements.h"

#include <algorithm>
#include <set>

#include "common/auth/digest.h"
#include "services/matching/learning/judgement_checks.h"
#include "services/matching/learning/scorecard.h"

namespace duijie::matching {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kMaxPage = 1'000;
constexpr size_t kBlock = 500;             // judgements looked at together
constexpr size_t kMaxViolationsTold = 20;  // errors travel in a header of bounded size

// Hash of method and request, without the request id.
template <typename Request>
std::string FingerprintOf(const std::string& method, Request request) {
  request.clear_request_id();
  return crypto::Sha256(method + "\n" + request.SerializeAsString());
}

// As the caller may see it.
v1::Judgement Shown(v1::Judgement judgement, Visibility visibility, const Principal& caller) {
  if (visibility == Visibility::kMasked && judgement.creator() != caller.key_id()) {
    judgement.clear_comment();
    judgement.clear_judge();
    judgement.clear_creator();
  }
  return judgement;
}

}  // namespace

Status Judgements::CheckPairs(const rpc::CallContext& call, const Write& write) const {
  PairViews views(d_.read_records, call);
  DUIJIE_RETURN_IF_ERROR(views.Learn(write.judgements));
  for (size_t i = 0; i < write.judgements.size(); ++i) {
    const v1::Judgement& judgement = write.judgements[i];
    const bool sees_need = views.Of(judgement.need()) != Visibility::kNone;
    if (sees_need && !views.MayUseNeed(judgement.need())) {
      return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "企业只能评判本企业的需求",
                   {{"field", write.prefixes[i] + "need"}});
    }
    if (sees_need && views.Of(judgement.achievement()) != Visibility::kNone) continue;
    const std::string field = write.prefixes[i] + (sees_need ? "achievement" : "need");
    return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", field + "：没有这条记录，或无权查看",
                 {{"field", field}});
  }
  return OkStatus();
}

StatusOr<std::vector<v1::Judgement>> Judgements::Record(const rpc::CallContext& call, Write write) const {
  std::vector<FieldViolation> wrong;
  CheckRequestId(write.request_id, &wrong);
  for (size_t i = 0; i < write.judgements.size() && wrong.size() < kMaxViolationsTold; ++i) {
    CheckJudgement(write.judgements[i], call.principal(), write.prefixes[i], &wrong);
  }
  if (!wrong.empty()) return InvalidFields(wrong);
  DUIJIE_RETURN_IF_ERROR(CheckPairs(call, write));
  const bool enterprise = call.principal().role() == v1::ROLE_ENTERPRISE;
  for (v1::Judgement& judgement : write.judgements) {
    judgement.set_judge_kind(enterprise ? v1::JUDGE_KIND_ENTERPRISE : v1::JUDGE_KIND_STAFF);
    judgement.set_creator(call.principal().key_id());
  }
  return d_.store.Record({std::move(write.judgements), call.principal().key_id(), write.request_id,
                          write.fingerprint, d_.clock.Now()});
}

StatusOr<v1::CreateJudgementResponse> Judgements::Create(const rpc::CallContext& call,
                                                         const v1::CreateJudgementRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Judgement> stored,
                          Record(call, {{InputOf(request.judgement())},
                                        {"judgement."},
                                        request.request_id(),
                                        FingerprintOf("CreateJudgement", request)}));
  v1::CreateJudgementResponse response;
  *response.mutable_judgement() = std::move(stored.at(0));
  return response;
}

StatusOr<v1::BatchCreateJudgementsResponse> Judgements::CreateBatch(
    const rpc::CallContext& call, const v1::BatchCreateJudgementsRequest& request) const {
  if (request.judgements().empty() || request.judgements_size() > kMaxJudgementsPerBatch) {
    return InvalidField("judgements", "OUT_OF_RANGE", "评判须为 1 至 1000 条");
  }
  Write write;
  for (int i = 0; i < request.judgements_size(); ++i) {
    write.judgements.push_back(InputOf(request.judgements(i)));
    write.prefixes.push_back("judgements[" + std::to_string(i) + "].");
  }
  write.request_id = request.request_id();
  write.fingerprint = FingerprintOf("BatchCreateJudgements", request);
  DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Judgement> stored, Record(call, std::move(write)));
  v1::BatchCreateJudgementsResponse response;
  for (v1::Judgement& judgement : stored) *response.add_judgements() = std::move(judgement);
  return response;
}

StatusOr<v1::GetJudgementResponse> Judgements::Get(const rpc::CallContext& call,
                                                   const v1::GetJudgementRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(v1::Judgement judgement, d_.store.Get(request.name()));
  PairViews views(d_.read_records, call);
  DUIJIE_RETURN_IF_ERROR(views.Learn({judgement}));
  const Visibility visibility = views.OfPair(judgement);
  if (visibility == Visibility::kNone) return NoSuchJudgement();
  v1::GetJudgementResponse response;
  *response.mutable_judgement() = Shown(std::move(judgement), visibility, call.principal());
  return response;
}

struct Judgements::Page {
  std::vector<v1::Judgement> judgements;
  std::string after;  // the last judgement looked at
  bool done = false;
};

Status Judgements::Fill(const rpc::CallContext& call, const v1::ListJudgementsRequest& request, size_t size,
                        Page* page) const {
  PairViews views(d_.read_records, call);
  // A record that the caller does not see has no judgements, not even hidden ones.
  std::vector<std::string> asked;
  if (!request.need().empty()) asked.push_back(request.need());
  if (!request.achievement().empty()) asked.push_back(request.achievement());
  DUIJIE_RETURN_IF_ERROR(views.LearnNames(asked));
  for (const std::string& name : asked) {
    page->done = page->done || views.Of(name) == Visibility::kNone || !views.MayUseNeed(name);
  }
  const std::string& record = request.need().empty() ? request.achievement() : request.need();
  size_t limit = std::min(size + 1, kBlock);
  for (size_t looked_at = 0; !page->done && looked_at < kMaxLookedAt; limit = std::min(2 * limit, kBlock)) {
    DUIJIE_ASSIGN_OR_RETURN(std::vector<v1::Judgement> block, d_.store.List(record, page->after, limit));
    const bool last_block = block.size() < limit;
    std::vector<v1::Judgement> fitting;
    for (const v1::Judgement& judgement : block) {
      if (request.achievement().empty() || judgement.achievement() == request.achievement()) {
        fitting.push_back(judgement);
      }
    }
    DUIJIE_RETURN_IF_ERROR(views.Learn(fitting));
    page->done = last_block;
    for (v1::Judgement& judgement : block) {
      const bool fits = request.achievement().empty() || judgement.achievement() == request.achievement();
      const Visibility visibility = fits ? views.OfPair(judgement) : Visibility::kNone;
      // Full, and there is a further one to show: the next page begins with it.
      if (visibility != Visibility::kNone && page->judgements.size() == size) {
        page->done = false;
        return OkStatus();
      }
      page->after = judgement.name();
      ++looked_at;
      if (visibility == Visibility::kNone) continue;
      page->judgements.push_back(Shown(std::move(judgement), visibility, call.principal()));
    }
  }
  return OkStatus();
}

StatusOr<v1::ListJudgementsResponse> Judgements::List(const rpc::CallContext& call,
                                                      const v1::ListJudgementsRequest& request) const {
  std::vector<FieldViolation> wrong;
  if (!request.need().empty()) CheckRecordName(request.need(), "needs/", "need", &wrong);
  if (!request.achievement().empty()) {
    CheckRecordName(request.achievement(), "achievements/", "achievement", &wrong);
  }
  if (request.page_size() < 0) wrong.push_back({"page_size", "OUT_OF_RANGE", "每页条数不能为负"});
  if (!wrong.empty()) return InvalidFields(wrong);
  const int size = request.page_size() == 0 ? kDefaultPage : std::min(request.page_size(), kMaxPage);
  const std::string scope =
      "ListJudgements\n" + call.principal().key_id() + "\n" + request.need() + "\n" + request.achievement();
  Page page;
  if (!request.page_token().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(page.after, d_.tokens.Open(scope, request.page_token()));
  }
  DUIJIE_RETURN_IF_ERROR(Fill(call, request, static_cast<size_t>(size), &page));
  v1::ListJudgementsResponse response;
  for (v1::Judgement& judgement : page.judgements) *response.add_judgements() = std::move(judgement);
  if (!page.done) response.set_next_page_token(d_.tokens.Make(scope, page.after));
  return response;
}

StatusOr<v1::GetScorecardResponse> Judgements::GetScorecard(const rpc::CallContext& call,
                                                            const v1::GetScorecardRequest& request) const {
  std::vector<FieldViolation> wrong;
  const std::optional<Quarter> quarter = ParseQuarter(request.quarter());
  if (!quarter) wrong.push_back({"quarter", "BAD_QUARTER", "季度应为 2026Q4 的形式"});
  CheckModelVersion(request.model_version(), "model_version", &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);

  PairViews views(d_.read_records, call);
  ScorecardTally tally;
  std::vector<v1::Judgement> block;
  const auto add_block = [&]() -> Status {
    DUIJIE_RETURN_IF_ERROR(views.Learn(block));
    for (const v1::Judgement& judgement : block) {
      if (views.OfPair(judgement) != Visibility::kNone) tally.Add(judgement);
    }
    block.clear();
    return OkStatus();
  };
  std::set<std::string> seen;  // one key a judge and pair: the latest comes first
  DUIJIE_RETURN_IF_ERROR(d_.store.ForEachSince(quarter->begin, [&](const v1::Judgement& judgement) -> Status {
    if (CreateMicros(judgement) >= quarter->end) return OkStatus();
    if (!seen.insert(judgement_keys::Counting(judgement)).second) return OkStatus();
    if (seen.size() > kMaxScored) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "这一季度的评判过多，无法统计");
    }
    if (!request.model_version().empty() && judgement.model_version() != request.model_version()) {
      return OkStatus();
    }
    block.push_back(judgement);
    return block.size() < kBlock ? OkStatus() : add_block();
  }));
  DUIJIE_RETURN_IF_ERROR(add_block());
  return tally.Finish();
}

}  // namespace duijie::matching
