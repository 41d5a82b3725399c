// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of standing push: one resource, defaults while nobody changed it. Thread-safe.
#pragma once

#include "common/resources/role_store.h"
#include "common/rpc/call_context.h"
#include "duijie/v1/standing_service.pb.h"

namespace duijie::push {

inline constexpr std::string_view kStandingSettings = "standingSettings";
inline constexpr std::string_view kStandingSettingsId = "default";
inline constexpr int kMaxPerAchievement = 200;
inline constexpr int kMaxPerNeed = 50;

class StandingSettingsStore {
 public:
  // `store` must outlive this.
  explicit StandingSettingsStore(RoleStore& store);

  StatusOr<v1::StandingSettings> Get() const;
  // INVALID_FIELD; PERMISSION_DENIED FORBIDDEN for staff of some parks only; STALE_ETAG.
  StatusOr<v1::StandingSettings> Update(const rpc::CallContext& call,
                                        const v1::UpdateStandingSettingsRequest& request);

 private:
  RoleStore& store_;
  const ResourceTable<v1::StandingSettings> table_;
};

}  // namespace duijie::push
