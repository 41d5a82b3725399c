// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of pushes and the preferences of enterprises. Thread-safe.
#pragma once

#include <string>

#include "common/resources/role_store.h"
#include "common/rpc/call_context.h"
#include "duijie/v1/push_service.pb.h"
#include "services/push/peers.h"

namespace duijie::push {

class PushSettingsBook {
 public:
  // Both must outlive this.
  PushSettingsBook(RoleStore& store, const Peers& peers);

  // Seen by staff and administrators; changed by those of all parks (else PERMISSION_DENIED FORBIDDEN).
  StatusOr<v1::GetPushSettingsResponse> GetSettings() const;
  StatusOr<v1::UpdatePushSettingsResponse> UpdateSettings(const rpc::CallContext& call,
                                                          const v1::UpdatePushSettingsRequest& request);

  // Of the enterprise itself, staff in scope of its park, administrators; NOT_FOUND for others.
  StatusOr<v1::GetPushPreferencesResponse> GetPreferences(const rpc::CallContext& call,
                                                          const v1::GetPushPreferencesRequest& request) const;
  StatusOr<v1::UpdatePushPreferencesResponse> UpdatePreferences(
      const rpc::CallContext& call, const v1::UpdatePushPreferencesRequest& request);

  // The rules in force, the defaults while nobody changed them.
  static StatusOr<v1::PushRules> RulesIn(const RecordLog& log);
  // What the enterprise chose; UNSPECIFIED if nothing.
  static StatusOr<v1::PushCadence> ChoiceOf(const RecordLog& log, std::string_view enterprise);

 private:
  // The enterprise whose preferences `name` names, if the caller may see them.
  StatusOr<v1::Enterprise> Visible(const rpc::CallContext& call, std::string_view name) const;
  StatusOr<v1::PushPreferences> Stored(const v1::Enterprise& enterprise) const;

  RoleStore& store_;
  const Peers& peers_;
  const ResourceTable<v1::PushSettings> settings_;
  const ResourceTable<v1::PushPreferences> preferences_;
};

}  // namespace duijie::push
