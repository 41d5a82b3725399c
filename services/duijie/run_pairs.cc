// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/run_pairs.h"

namespace duijie {
namespace {

using Stub = v1::MatchService::Stub;

constexpr int kPageSize = 1000;

}  // namespace

Status RunPairs::ReadRun() {
  v1::GetMatchRunRequest request;
  request.set_name(run_);
  DUIJIE_ASSIGN_OR_RETURN(const auto response, client_.Call(client_.match(), &Stub::GetMatchRun, request));
  direction_ = response.match_run().direction();
  model_version_ = response.match_run().parameters().model_version();
  return OkStatus();
}

Status RunPairs::ReadRecord(const std::string& record) {
  v1::ListMatchRunResultsRequest request;
  request.set_name(run_);
  request.set_record(record);
  request.set_page_size(kPageSize);
  std::map<std::string, Shown>& list = lists_[record];
  do {
    DUIJIE_ASSIGN_OR_RETURN(const auto response,
                            client_.Call(client_.match(), &Stub::ListMatchRunResults, request));
    for (const v1::MatchResult& result : response.results()) {
      const bool by_need = direction_ != v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS;
      Shown& shown = list[by_need ? result.achievement() : result.need()];
      shown.rank = result.rank();
      if (result.level() != v1::MATCH_LEVEL_UNSPECIFIED) shown.probability = result.probability();
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return OkStatus();
}

StatusOr<bool> RunPairs::Fill(v1::Judgement* judgement) {
  if (direction_ == v1::MATCH_DIRECTION_UNSPECIFIED) DUIJIE_RETURN_IF_ERROR(ReadRun());
  const bool by_need = direction_ != v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS;
  const std::string& record = by_need ? judgement->need() : judgement->achievement();
  if (!lists_.contains(record)) DUIJIE_RETURN_IF_ERROR(ReadRecord(record));
  const auto& list = lists_.at(record);
  const auto found = list.find(by_need ? judgement->achievement() : judgement->need());
  if (found == list.end()) return false;
  const Shown& shown = found->second;
  if (judgement->rank_shown() == 0) judgement->set_rank_shown(shown.rank);
  judgement->set_model_version(model_version_);
  if (shown.probability.has_value()) judgement->set_probability_shown(*shown.probability);
  return true;
}

}  // namespace duijie
