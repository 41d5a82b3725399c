// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/match_records.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/auth/visibility.h"
#include "services/matching/filter_checks.h"
#include "services/matching/parameters.h"

namespace duijie::matching {
namespace {

constexpr std::string_view kNeeds = "needs/";
constexpr std::string_view kAchievements = "achievements/";
constexpr size_t kMaxInlineBytes = 256 * 1024;  // as for stored records

Status NoSuchRecord() { return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "没有这条记录，或无权查看"); }

Status CheckName(const std::string& name, std::string_view collection, const std::string& field) {
  if (name.starts_with(collection) && name.size() > collection.size()) return OkStatus();
  return InvalidField(field, "BAD_NAME", "名称须以 " + std::string(collection) + " 开头");
}

}  // namespace

StatusOr<SourceRecord> MatchRecords::ReadSource(const rpc::CallContext& call, const std::string& name) const {
  internal::v1::ReadRecordsRequest request;
  request.add_names(name);
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse response,
                          peers_.read_records(call, request));
  if (response.records_size() != 1) return NoSuchRecord();
  const internal::v1::Record& record = response.records(0);
  if (!record.has_need() && !record.has_achievement()) return NoSuchRecord();
  if (VisibilityOf(call.principal(), AccessOf(record)) == Visibility::kNone) return NoSuchRecord();
  return record.has_need() ? SourceOf(record.need()) : SourceOf(record.achievement());
}

StatusOr<SourceRecord> MatchRecords::SourceOfNeed(const rpc::CallContext& call,
                                                  const v1::MatchNeedRequest& request) const {
  if (request.has_need()) {
    if (request.need().ByteSizeLong() > kMaxInlineBytes) {
      return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "需求不得超过256 KiB");
    }
    SourceRecord source = SourceOf(request.need());
    source.name.clear();
    if (source.title.empty() && source.body.empty() && source.keywords.empty()) {
      return InvalidField("need", "REQUIRED", "需求须有名称、描述或关键词");
    }
    return source;
  }
  DUIJIE_RETURN_IF_ERROR(CheckName(request.name(), kNeeds, "name"));
  return ReadSource(call, request.name());
}

template <typename Response, typename Request>
StatusOr<Response> MatchRecords::Answer(const rpc::CallContext& call, const SourceRecord& source,
                                        const Request& request) const {
  std::vector<FieldViolation> wrong;
  CheckFilter(request.filter(), source.is_need ? v1::COLLECTION_ACHIEVEMENTS : v1::COLLECTION_NEEDS,
              matcher_.taxonomies(), "filter", &wrong);
  if (request.min_revision() < 0) wrong.push_back({"min_revision", "OUT_OF_RANGE", "版本不能为负"});
  if (!v1::MatchView_IsValid(request.view())) wrong.push_back({"view", "UNKNOWN_VALUE", "未知的详略"});
  if (!wrong.empty()) return InvalidFields(wrong);
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchParameters parameters,
                          CompleteParameters(request.parameters(), matcher_.models(), clock_.Now()));
  DUIJIE_ASSIGN_OR_RETURN(MatchOutcome outcome,
                          matcher_.Match(call, {source, parameters, call.principal(), request.filter(),
                                                request.min_revision(), "", 0, request.view()}));
  Response response;
  for (v1::MatchResult& result : outcome.results) *response.add_results() = std::move(result);
  response.set_candidates(outcome.candidates);
  response.set_model_version(parameters.model_version());
  response.set_index_revision(outcome.index_revision);
  return response;
}

StatusOr<v1::MatchNeedResponse> MatchRecords::MatchNeed(const rpc::CallContext& call,
                                                        const v1::MatchNeedRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const SourceRecord source, SourceOfNeed(call, request));
  return Answer<v1::MatchNeedResponse>(call, source, request);
}

StatusOr<v1::MatchAchievementResponse> MatchRecords::MatchAchievement(
    const rpc::CallContext& call, const v1::MatchAchievementRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckName(request.name(), kAchievements, "name"));
  DUIJIE_ASSIGN_OR_RETURN(const SourceRecord source, ReadSource(call, request.name()));
  return Answer<v1::MatchAchievementResponse>(call, source, request);
}

StatusOr<v1::ScorePairsResponse> MatchRecords::ScorePairs(const rpc::CallContext& call,
                                                          const v1::ScorePairsRequest& request) const {
  DUIJIE_RETURN_IF_ERROR(CheckName(request.need(), kNeeds, "need"));
  if (request.achievements().empty() || request.achievements_size() > kMaxScoredPairs) {
    return InvalidField("achievements", "OUT_OF_RANGE", "成果须为1至2000项");
  }
  std::set<std::string> unique;
  for (int i = 0; i < request.achievements_size(); ++i) {
    const std::string field = "achievements[" + std::to_string(i) + "]";
    DUIJIE_RETURN_IF_ERROR(CheckName(request.achievements(i), kAchievements, field));
    if (!unique.insert(request.achievements(i)).second) return InvalidField(field, "DUPLICATE", "成果重复");
  }
  DUIJIE_ASSIGN_OR_RETURN(const v1::MatchParameters parameters,
                          CompleteParameters(request.parameters(), matcher_.models(), clock_.Now()));
  DUIJIE_ASSIGN_OR_RETURN(const SourceRecord need, ReadSource(call, request.need()));
  DUIJIE_ASSIGN_OR_RETURN(
      PairsOutcome outcome,
      matcher_.ScorePairs(call, {need,
                                 {request.achievements().begin(), request.achievements().end()},
                                 parameters,
                                 call.principal(),
                                 request.scores_only() ? v1::MATCH_VIEW_BASIC : v1::MATCH_VIEW_FULL}));
  v1::ScorePairsResponse response;
  for (v1::MatchResult& result : outcome.results) *response.add_results() = std::move(result);
  for (std::string& name : outcome.missing_names) response.add_missing_names(std::move(name));
  response.set_model_version(parameters.model_version());
  return response;
}

StatusOr<v1::GetMatchModelResponse> MatchRecords::GetModel(const v1::GetMatchModelRequest& request) const {
  const std::shared_ptr<const RankingModel> model = matcher_.models().Find(request.version());
  if (model == nullptr) return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "没有这个版本的模型");
  std::array<size_t, kFeatureCount> order{};
  for (size_t i = 0; i < kFeatureCount; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return model->weight(a) > model->weight(b); });
  v1::GetMatchModelResponse response;
  response.set_version(model->version());
  for (const size_t i : order) {
    v1::ModelFeature* const feature = response.add_features();
    feature->set_feature(std::string(kFeatureNames[i]));
    feature->set_weight(model->weight(i));
    feature->set_text(model->text(i));
  }
  return response;
}

}  // namespace duijie::matching
