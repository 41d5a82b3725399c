// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_matcher.h"

#include <algorithm>
#include <map>
#include <set>

#include "services/push/reasons/reasons.h"

namespace duijie::push {
namespace {

constexpr int kLeastCandidates = 100;
constexpr int kNamesPerRead = 200;

using Records = std::map<std::string, internal::v1::Record>;

StatusOr<Records> ReadAll(const Peers& peers, const rpc::CallContext& call,
                          const std::set<std::string>& names) {
  Records records;
  internal::v1::ReadRecordsRequest request;
  for (auto name = names.begin(); name != names.end();) {
    request.add_names(*name);
    if (++name != names.end() && request.names_size() < kNamesPerRead) continue;
    DUIJIE_ASSIGN_OR_RETURN(internal::v1::ReadRecordsResponse response, peers.read_records(call, request));
    for (int i = 0; i < request.names_size() && i < response.records_size(); ++i) {
      records[request.names(i)] = std::move(*response.mutable_records(i));
    }
    request.clear_names();
  }
  return records;
}

v1::MatchParameters ParametersOf(const v1::StandingSettings& settings, int most) {
  v1::MatchParameters parameters;
  parameters.set_top_k(most + kSpareMatches);
  parameters.set_candidate_limit(std::max(kLeastCandidates, parameters.top_k()));
  parameters.set_violation_policy(v1::VIOLATION_POLICY_DROP);
  parameters.set_min_score(settings.min_score());
  return parameters;
}

bool IsGone(const Status& status) { return status.code() == StatusCode::kNotFound; }

}  // namespace

struct StandingMatcher::Matches {
  std::vector<v1::MatchResult> results;
  std::string model_version;
  int64_t revision = 0;
  MatchSource source = MatchSource::kTaker;
};

StatusOr<StandingMatcher::Matches> StandingMatcher::MatchesOf(const rpc::CallContext& call,
                                                              const v1::StandingSettings& settings,
                                                              const std::string& name,
                                                              int64_t revision) const {
  Matches matches;
  const auto take = [&](auto response) {
    matches.results.assign(std::make_move_iterator(response.mutable_results()->begin()),
                           std::make_move_iterator(response.mutable_results()->end()));
    matches.model_version = response.model_version();
    matches.revision = response.index_revision();
  };
  if (name.starts_with("achievements/")) {
    matches.source = MatchSource::kAchievement;
    v1::MatchAchievementRequest request;
    request.set_name(name);
    request.set_min_revision(revision);
    *request.mutable_parameters() = ParametersOf(settings, settings.max_per_achievement());
    StatusOr<v1::MatchAchievementResponse> response = peers_.match_achievement(call, request);
    if (!response.ok()) return IsGone(response.status()) ? StatusOr<Matches>(matches) : response.status();
    take(*std::move(response));
    return matches;
  }
  v1::MatchNeedRequest request;
  request.set_name(name);
  request.set_min_revision(revision);
  *request.mutable_parameters() = ParametersOf(settings, settings.max_per_need());
  StatusOr<v1::MatchNeedResponse> response = peers_.match_need(call, request);
  if (!response.ok()) return IsGone(response.status()) ? StatusOr<Matches>(matches) : response.status();
  take(*std::move(response));
  return matches;
}

StatusOr<std::vector<NewPush>> StandingMatcher::PushesFor(const rpc::CallContext& call,
                                                          const v1::StandingSettings& settings,
                                                          const std::string& name, int64_t revision) const {
  DUIJIE_ASSIGN_OR_RETURN(Matches matches, MatchesOf(call, settings, name, revision));
  std::erase_if(matches.results, [&](const v1::MatchResult& result) {
    return !result.eligible() || result.score() < settings.min_score() ||
           result.level() < settings.min_level();
  });
  std::set<std::string> names;
  for (const v1::MatchResult& result : matches.results) names.insert({result.need(), result.achievement()});
  DUIJIE_ASSIGN_OR_RETURN(const Records records, ReadAll(peers_, call, names));
  std::vector<NewPush> pushes;
  for (const v1::MatchResult& result : matches.results) {
    const auto need = records.find(result.need());
    const auto achievement = records.find(result.achievement());
    if (need == records.end() || achievement == records.end()) continue;
    if (need->second.need().enterprise().empty() || !achievement->second.has_achievement()) continue;
    NewPush push;
    *push.mutable_reasons() = ReasonsFor(need->second.need(), achievement->second.achievement(),
                                         result.explanation(), matches.source);
    if (push.reasons().achievement_sentences().empty()) continue;
    push.set_enterprise(need->second.need().enterprise());
    push.set_need(result.need());
    push.set_achievement(result.achievement());
    push.set_origin(v1::PUSH_ORIGIN_STANDING);
    push.set_score(result.score());
    push.set_level(result.level());
    push.set_probability(result.probability());
    push.set_model_version(matches.model_version);
    push.set_snapshot_revision(matches.revision);
    pushes.push_back(std::move(push));
  }
  return pushes;
}

}  // namespace duijie::push
