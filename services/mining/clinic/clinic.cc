// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/clinic.h"

#include <algorithm>
#include <map>

#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/resources/request_memory.h"
#include "services/mining/clinic/answers.h"
#include "services/mining/intake/need_access.h"

namespace duijie::mining {
namespace {

constexpr int kCandidateLimit = 100;  // that the index hands to the scorer

std::vector<std::string> TopOf(const v1::MatchNeedResponse& match) {
  std::vector<std::string> top;
  for (const v1::MatchResult& result : match.results()) {
    if (top.size() == kTop) break;
    top.push_back(result.achievement());
  }
  return top;
}

// Every achievement of either list: by rank after, those that left last by rank before.
std::vector<v1::ClinicMove> MovesBetween(const v1::MatchNeedResponse& before,
                                         const v1::MatchNeedResponse& after) {
  std::map<std::string, v1::ClinicMove> moves;
  const auto add = [&](const v1::MatchNeedResponse& match, void (v1::ClinicMove::*set_rank)(int32_t)) {
    for (int i = 0; i < match.results_size() && i < static_cast<int>(kTop); ++i) {
      v1::ClinicMove& move = moves[match.results(i).achievement()];
      move.set_achievement(match.results(i).achievement());
      move.set_title(match.results(i).achievement_title());
      (move.*set_rank)(i + 1);
    }
  };
  add(before, &v1::ClinicMove::set_rank_before);
  add(after, &v1::ClinicMove::set_rank_after);
  std::vector<v1::ClinicMove> order;
  for (auto& [name, move] : moves) order.push_back(std::move(move));
  const auto place = [](const v1::ClinicMove& move) {
    return move.rank_after() > 0 ? move.rank_after() : static_cast<int>(kTop) + move.rank_before();
  };
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return order;
}

}  // namespace

Clinic::Clinic(std::shared_ptr<MiningRole> role, std::shared_ptr<const Analyzer> analyzer,
               std::shared_ptr<const TaxonomySet> taxonomies,
               std::shared_ptr<const indicator::NameTable> names)
    : role_(std::move(role)),
      analyzer_(std::move(analyzer)),
      taxonomies_(std::move(taxonomies)),
      names_(std::move(names)),
      maker_(*analyzer_, *taxonomies_, *names_) {}

StatusOr<v1::MatchNeedResponse> Clinic::Match(const rpc::CallContext& call, const v1::Need& need,
                                              int top) const {
  DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
  v1::MatchNeedRequest request;
  *request.mutable_need() = need;
  request.set_view(v1::MATCH_VIEW_BASIC);  // the order is all that counts
  request.mutable_parameters()->set_top_k(top);
  request.mutable_parameters()->set_candidate_limit(kCandidateLimit);
  return role_->peers.match_need(call, request);
}

StatusOr<ClinicCandidates> Clinic::Candidates(const rpc::CallContext& call,
                                              const v1::MatchNeedResponse& match) const {
  ClinicCandidates candidates;
  internal::v1::ReadRecordsRequest request;
  for (const v1::MatchResult& result : match.results()) request.add_names(result.achievement());
  if (request.names().empty()) return candidates;
  DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse records,
                          role_->peers.read_records(call, request));
  for (internal::v1::Record& record : *records.mutable_records()) {
    if (!record.has_achievement()) continue;
    if (VisibilityOf(call.principal(), AccessOf(record.achievement())) == Visibility::kNone) continue;
    candidates.push_back(std::move(*record.mutable_achievement()));
  }
  return candidates;
}

Status Clinic::Weigh(const rpc::CallContext& call, const v1::Need& need,
                     const std::vector<std::string>& before, int* matches,
                     v1::ClinicQuestion* question) const {
  double expected = 0;
  for (v1::ClinicOption& option : *question->mutable_options()) {
    v1::Need answered = need;
    std::vector<std::string> fields;
    DUIJIE_RETURN_IF_ERROR(ApplyAnswer(question->id(), option.value(), &answered, &fields));
    DUIJIE_ASSIGN_OR_RETURN(const v1::MatchNeedResponse match, Match(call, answered, static_cast<int>(kTop)));
    ++*matches;
    option.set_change(ChangeOf(before, TopOf(match)));
    expected += option.share() * option.change();
  }
  question->set_expected_change(expected);
  return OkStatus();
}

StatusOr<v1::GetClinicQuestionsResponse> Clinic::Ask(const rpc::CallContext& call,
                                                     const v1::GetClinicQuestionsRequest& request) const {
  if (request.max_questions() < 0 || request.max_questions() > kMaxQuestions) {
    return InvalidField("max_questions", "OUT_OF_RANGE", "一次最多问 3 个问题");
  }
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadOwnNeed(role_->peers, call, request.need()));
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchNeedResponse base, Match(call, need, kClinicCandidates));
  DUIJIE_ASSIGN_OR_RETURN(const ClinicCandidates candidates, Candidates(call, base));
  const std::vector<std::string> before = TopOf(base);
  int matches = 1;
  std::vector<v1::ClinicQuestion> questions = maker_.Propose(need, candidates);
  for (v1::ClinicQuestion& question : questions) {
    DUIJIE_RETURN_IF_ERROR(Weigh(call, need, before, &matches, &question));
  }
  v1::GetClinicQuestionsResponse response;
  response.set_tried(static_cast<int>(questions.size()));
  std::stable_sort(questions.begin(), questions.end(), [](const auto& a, const auto& b) {
    return a.expected_change() != b.expected_change() ? a.expected_change() > b.expected_change()
                                                      : a.id() < b.id();
  });
  const int most = request.max_questions() == 0 ? kMaxQuestions : request.max_questions();
  for (v1::ClinicQuestion& question : questions) {
    // What changes nothing need not be asked.
    if (response.questions_size() == most || question.expected_change() <= 0) break;
    *response.add_questions() = std::move(question);
  }
  response.set_matches(matches);
  response.set_candidates(static_cast<int>(candidates.size()));
  for (v1::ClinicMove& move : MovesBetween(base, base)) *response.add_top() = std::move(move);
  response.set_model_version(base.model_version());
  response.set_index_revision(base.index_revision());
  return response;
}

StatusOr<v1::AnswerClinicQuestionResponse> Clinic::Answer(
    const rpc::CallContext& call, const v1::AnswerClinicQuestionRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  DUIJIE_ASSIGN_OR_RETURN(const v1::Need need, ReadOwnNeed(role_->peers, call, request.need()));
  v1::Need answered = need;
  std::vector<std::string> fields;
  DUIJIE_RETURN_IF_ERROR(ApplyAnswer(request.question_id(), request.answer(), &answered, &fields));
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchNeedResponse before, Match(call, need, static_cast<int>(kTop)));
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchNeedResponse after, Match(call, answered, static_cast<int>(kTop)));
  if (!request.trial()) {
    v1::UpdateNeedRequest update;
    *update.mutable_need() = answered;
    update.mutable_need()->set_etag(request.etag().empty() ? need.etag() : request.etag());
    for (const std::string& field : fields) update.mutable_update_mask()->add_paths(field);
    DUIJIE_ASSIGN_OR_RETURN(v1::UpdateNeedResponse updated, role_->peers.update_need(call, update));
    answered = std::move(*updated.mutable_need());
  }
  v1::AnswerClinicQuestionResponse response;
  for (v1::ClinicMove& move : MovesBetween(before, after)) *response.add_moves() = std::move(move);
  response.set_change(ChangeOf(TopOf(before), TopOf(after)));
  response.set_model_version(after.model_version());
  *response.mutable_need() = std::move(answered);
  return response;
}

}  // namespace duijie::mining
