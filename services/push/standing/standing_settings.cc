// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_settings.h"

#include <cmath>

namespace duijie::push {
namespace {

constexpr int kDefaultPerAchievement = 50;
constexpr int kDefaultPerNeed = 5;

Status CheckSettings(const v1::StandingSettings& settings) {
  std::vector<FieldViolation> wrong;
  if (!(std::isfinite(settings.min_score()) && settings.min_score() >= 0 && settings.min_score() <= 1)) {
    wrong.push_back({"settings.min_score", "OUT_OF_RANGE", "应为 0 至 1"});
  }
  if (!v1::MatchLevel_IsValid(settings.min_level())) {
    wrong.push_back({"settings.min_level", "UNKNOWN_VALUE", "没有这种等级"});
  }
  if (settings.max_per_achievement() < 1 || settings.max_per_achievement() > kMaxPerAchievement) {
    wrong.push_back({"settings.max_per_achievement", "OUT_OF_RANGE", "应为 1 至 200"});
  }
  if (settings.max_per_need() < 1 || settings.max_per_need() > kMaxPerNeed) {
    wrong.push_back({"settings.max_per_need", "OUT_OF_RANGE", "应为 1 至 50"});
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

}  // namespace

StandingSettingsStore::StandingSettingsStore(RoleStore& store)
    : store_(store), table_(store.log(), std::string(kStandingSettings)) {}

StatusOr<v1::StandingSettings> StandingSettingsStore::Get() const {
  StatusOr<v1::StandingSettings> stored = table_.GetById(kStandingSettingsId);
  if (stored.ok() || stored.status().code() != StatusCode::kNotFound) return stored;
  v1::StandingSettings defaults;
  defaults.set_name(table_.NameOf(kStandingSettingsId));
  defaults.set_enabled(true);
  defaults.set_min_level(v1::MATCH_LEVEL_FAIR);
  defaults.set_max_per_achievement(kDefaultPerAchievement);
  defaults.set_max_per_need(kDefaultPerNeed);
  return defaults;
}

StatusOr<v1::StandingSettings> StandingSettingsStore::Update(
    const rpc::CallContext& call, const v1::UpdateStandingSettingsRequest& request) {
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  DUIJIE_RETURN_IF_ERROR(CheckSettings(request.settings()));
  if (call.principal().role() != v1::ROLE_ADMIN && !call.principal().all_parks()) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "常态推送设置由负责全部园区的人员修改");
  }
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdateStandingSettings", request);
  DUIJIE_ASSIGN_OR_RETURN(const auto answer, store_.AnswerOf<v1::StandingSettings>(write));
  if (answer) return *answer;
  DUIJIE_ASSIGN_OR_RETURN(v1::StandingSettings settings, Get());
  DUIJIE_RETURN_IF_ERROR(ResourceTable<v1::StandingSettings>::CheckEtag(settings, request.settings().etag()));
  settings.set_enabled(request.settings().enabled());
  settings.set_min_score(request.settings().min_score());
  settings.set_min_level(request.settings().min_level());
  settings.set_max_per_achievement(request.settings().max_per_achievement());
  settings.set_max_per_need(request.settings().max_per_need());
  const Mutation mutation = settings.etag().empty() ? table_.Create(settings, store_.Now())
                                                    : table_.Replace(settings, store_.Now());
  DUIJIE_ASSIGN_OR_RETURN(const Revision revision, store_.Commit(write, {mutation}));
  return table_.GetById(kStandingSettingsId, revision);
}

}  // namespace duijie::push
