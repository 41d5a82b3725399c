// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_matcher.h"

#include <algorithm>
#include <map>
#include <set>

namespace duijie::push {
namespace {

constexpr int kLeastCandidates = 100;
constexpr int kNeedsPerRead = 200;

using Enterprises = std::map<std::string, std::string>;  // by need

// "" where a need names none.
StatusOr<Enterprises> EnterprisesOf(const Peers& peers, const rpc::CallContext& call,
                                    const std::set<std::string>& needs) {
  Enterprises enterprises;
  internal::v1::ReadRecordsRequest request;
  for (auto name = needs.begin(); name != needs.end();) {
    request.add_names(*name);
    if (++name != needs.end() && request.names_size() < kNeedsPerRead) continue;
    DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse response,
                            peers.read_records(call, request));
    for (int i = 0; i < request.names_size() && i < response.records_size(); ++i)
      enterprises[request.names(i)] = response.records(i).need().enterprise();
    request.clear_names();
  }
  return enterprises;
}

v1::MatchParameters ParametersOf(const v1::StandingSettings& settings, int most) {
  v1::MatchParameters parameters;
  parameters.set_top_k(most + kSpareMatches);
  parameters.set_candidate_limit(std::max(kLeastCandidates, parameters.top_k()));
  parameters.set_violation_policy(v1::VIOLATION_POLICY_DROP);
  parameters.set_min_score(settings.min_score());
  parameters.set_min_level(settings.min_level());
  return parameters;
}

bool IsGone(const Status& status) { return status.code() == StatusCode::kNotFound; }

}  // namespace

StatusOr<StandingMatcher::Matches> StandingMatcher::MatchesOf(const rpc::CallContext& call,
                                                              const v1::StandingSettings& settings,
                                                              const std::string& name,
                                                              int64_t revision) const {
  Matches matches;
  const auto take = [&](auto response) {
    for (v1::MatchResult& result : *response.mutable_results()) matches.results.push_back(std::move(result));
    matches.model_version = response.model_version();
    matches.revision = response.index_revision();
  };
  if (name.starts_with("achievements/")) {
    matches.source = MatchSource::kAchievement;
    v1::MatchAchievementRequest request;
    request.set_name(name);
    request.set_min_revision(revision);
    request.set_view(v1::MATCH_VIEW_EVIDENCE);  // what pushes cite
    *request.mutable_parameters() = ParametersOf(settings, settings.max_per_achievement());
    StatusOr<v1::MatchAchievementResponse> response = peers_.match_achievement(call, request);
    if (!response.ok()) return IsGone(response.status()) ? StatusOr<Matches>(matches) : response.status();
    take(*std::move(response));
    return matches;
  }
  v1::MatchNeedRequest request;
  request.set_name(name);
  request.set_min_revision(revision);
  request.set_view(v1::MATCH_VIEW_EVIDENCE);
  *request.mutable_parameters() = ParametersOf(settings, settings.max_per_need());
  StatusOr<v1::MatchNeedResponse> response = peers_.match_need(call, request);
  if (!response.ok()) return IsGone(response.status()) ? StatusOr<Matches>(matches) : response.status();
  take(*std::move(response));
  return matches;
}

StatusOr<std::vector<NewPush>> StandingMatcher::PushesOf(const rpc::CallContext& call,
                                                         Matches* matches) const {
  std::set<std::string> needs;
  for (const v1::MatchResult& result : matches->results) needs.insert(result.need());
  DUIJIE_ASSIGN_OR_RETURN(const Enterprises enterprises, EnterprisesOf(peers_, call, needs));
  std::erase_if(matches->results, [&](const v1::MatchResult& result) {
    const auto enterprise = enterprises.find(result.need());
    return enterprise == enterprises.end() || enterprise->second.empty();
  });
  std::vector<NewPush> pushes;
  for (const v1::MatchResult& result : matches->results) {
    NewPush& push = pushes.emplace_back();
    push.set_enterprise(enterprises.at(result.need()));
    push.set_need(result.need());
    push.set_achievement(result.achievement());
    push.set_origin(v1::PUSH_ORIGIN_STANDING);
    push.set_score(result.score());
    push.set_level(result.level());
    push.set_probability(result.probability());
    push.set_model_version(matches->model_version);
    push.set_snapshot_revision(matches->revision);
  }
  return pushes;
}

}  // namespace duijie::push
