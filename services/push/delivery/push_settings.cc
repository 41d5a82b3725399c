// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_settings.h"

#include "services/push/delivery/push_access.h"
#include "services/push/delivery/push_keys.h"
#include "services/push/delivery/push_rules.h"

namespace duijie::push {
namespace {

constexpr std::string_view kDefaultId = "default";

ResourceTable<v1::PushSettings> SettingsTable(const RecordLog& log) {
  return ResourceTable<v1::PushSettings>(log, std::string(kPushSettings));
}

ResourceTable<v1::PushPreferences> PreferencesTable(const RecordLog& log) {
  return ResourceTable<v1::PushPreferences>(log, std::string(kPushPreferences));
}

bool IsAbsent(const Status& status) { return status.code() == StatusCode::kNotFound; }

// Stores a resource of which there is one whether it was stored or not.
template <typename Message>
StatusOr<Message> Put(RoleStore& store, const ResourceTable<Message>& table, const Message& message,
                      const WriteRequest& write) {
  const UnixMicros now = store.Now();
  const Mutation mutation = message.etag().empty() ? table.Create(message, now) : table.Replace(message, now);
  const StatusOr<Revision> committed = store.Commit(write, {mutation});
  if (committed.ok()) return table.Get(message.name());
  if (ReasonOf(committed.status()) != "SIDE_ENTRY_EXISTS") return committed.status();
  // The same request got there first.
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store.AnswerOf<Message>(write));
  return answer ? StatusOr<Message>(*std::move(answer)) : committed.status();
}

}  // namespace

PushSettingsBook::PushSettingsBook(RoleStore& store, const Peers& peers)
    : store_(store),
      peers_(peers),
      settings_(SettingsTable(store.log())),
      preferences_(PreferencesTable(store.log())) {}

StatusOr<v1::PushRules> PushSettingsBook::RulesIn(const RecordLog& log) {
  const auto stored = SettingsTable(log).GetById(kDefaultId);
  if (stored.ok()) return stored->rules();
  if (IsAbsent(stored.status())) return DefaultRules();
  return stored.status();
}

StatusOr<v1::PushCadence> PushSettingsBook::ChoiceOf(const RecordLog& log, std::string_view enterprise) {
  const auto id = IdIn("enterprises", enterprise);
  if (!id) return v1::PUSH_CADENCE_UNSPECIFIED;
  const auto stored = PreferencesTable(log).GetById(*id);
  if (stored.ok()) return stored->cadence();
  if (IsAbsent(stored.status())) return v1::PUSH_CADENCE_UNSPECIFIED;
  return stored.status();
}

StatusOr<v1::GetPushSettingsResponse> PushSettingsBook::GetSettings() const {
  v1::GetPushSettingsResponse response;
  auto stored = settings_.GetById(kDefaultId);
  if (!stored.ok() && !IsAbsent(stored.status())) return stored.status();
  if (stored.ok()) {
    *response.mutable_settings() = *std::move(stored);
  } else {
    response.mutable_settings()->set_name(settings_.NameOf(kDefaultId));
    *response.mutable_settings()->mutable_rules() = DefaultRules();
  }
  return response;
}

StatusOr<v1::UpdatePushSettingsResponse> PushSettingsBook::UpdateSettings(
    const rpc::CallContext& call, const v1::UpdatePushSettingsRequest& request) {
  std::vector<FieldViolation> wrong;
  CheckRules(request.settings().rules(), "settings.rules.", &wrong);
  if (!wrong.empty()) return InvalidFields(wrong);
  const Principal& caller = call.principal();
  if (caller.role() != v1::ROLE_ADMIN && !(caller.role() == v1::ROLE_STAFF && caller.all_parks())) {
    return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "只有管理员和全部园区的工作人员可以改推送设置");
  }
  const WriteRequest write = DescribeRequest(caller.key_id(), "UpdatePushSettings", request);
  v1::UpdatePushSettingsResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::PushSettings>(write));
  if (answer) {
    *response.mutable_settings() = *std::move(answer);
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::GetPushSettingsResponse now, GetSettings());
  v1::PushSettings settings = std::move(*now.mutable_settings());
  DUIJIE_RETURN_IF_ERROR(settings_.CheckEtag(settings, request.settings().etag()));
  *settings.mutable_rules() = request.settings().rules();
  settings.mutable_rules()->DiscardUnknownFields();
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_settings(), Put(store_, settings_, settings, write));
  return response;
}

StatusOr<v1::Enterprise> PushSettingsBook::Visible(const rpc::CallContext& call,
                                                   std::string_view name) const {
  const auto id = IdIn(kPushPreferences, name);
  if (!id) return NoSuchResource();
  internal::v1::ReadRecordsRequest read;
  read.add_names("enterprises/" + std::string(*id));
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::ReadRecordsResponse records, peers_.read_records(call, read));
  if (records.records_size() != 1 || !records.records(0).has_enterprise()) return NoSuchResource();
  const v1::Enterprise& enterprise = records.records(0).enterprise();
  if (!IsInScope(call.principal(), enterprise.park_code(), enterprise.name())) return NoSuchResource();
  return enterprise;
}

StatusOr<v1::PushPreferences> PushSettingsBook::Stored(const v1::Enterprise& enterprise) const {
  const std::string id(IdIn("enterprises", enterprise.name()).value_or(""));
  auto stored = preferences_.GetById(id);
  if (!stored.ok() && !IsAbsent(stored.status())) return stored.status();
  v1::PushPreferences preferences;
  if (stored.ok()) preferences = *std::move(stored);
  preferences.set_name(preferences_.NameOf(id));
  preferences.set_enterprise(enterprise.name());
  preferences.set_opt_out(enterprise.push_opt_out());
  return preferences;
}

StatusOr<v1::GetPushPreferencesResponse> PushSettingsBook::GetPreferences(
    const rpc::CallContext& call, const v1::GetPushPreferencesRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Enterprise enterprise, Visible(call, request.name()));
  v1::GetPushPreferencesResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_preferences(), Stored(enterprise));
  return response;
}

StatusOr<v1::UpdatePushPreferencesResponse> PushSettingsBook::UpdatePreferences(
    const rpc::CallContext& call, const v1::UpdatePushPreferencesRequest& request) {
  DUIJIE_ASSIGN_OR_RETURN(const v1::Enterprise enterprise, Visible(call, request.preferences().name()));
  if (!v1::PushCadence_IsValid(request.preferences().cadence())) {
    return InvalidField("preferences.cadence", "UNKNOWN_VALUE", "未知的取值");
  }
  const WriteRequest write = DescribeRequest(call.principal().key_id(), "UpdatePushPreferences", request);
  v1::UpdatePushPreferencesResponse response;
  DUIJIE_ASSIGN_OR_RETURN(auto answer, store_.AnswerOf<v1::PushPreferences>(write));
  if (answer) {
    *response.mutable_preferences() = *std::move(answer);
    return response;
  }
  DUIJIE_ASSIGN_OR_RETURN(v1::PushPreferences preferences, Stored(enterprise));
  DUIJIE_RETURN_IF_ERROR(preferences_.CheckEtag(preferences, request.preferences().etag()));
  preferences.set_cadence(request.preferences().cadence());
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_preferences(), Put(store_, preferences_, preferences, write));
  return response;
}

}  // namespace duijie::push
