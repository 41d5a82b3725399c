// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/profile/enterprise_profiles.h"

#include "common/base/calendar.h"
#include "services/mining/clinic/diagnoses.h"
#include "services/mining/intake/need_access.h"
#include "services/mining/profile/profile_page.h"
#include "services/mining/visits/certificates.h"
#include "services/mining/visits/enterprise_history.h"
#include "services/mining/visits/visit_words.h"

namespace duijie::mining {
namespace {

std::string IdOf(std::string_view name) { return std::string(name.substr(name.find('/') + 1)); }

v1::ProfilePush EntryOf(const v1::Push& push) {
  v1::ProfilePush entry;
  entry.set_push(push.name());
  entry.set_achievement(push.achievement());
  entry.set_achievement_title(push.achievement_title());
  entry.set_need(push.need());
  entry.set_pushed_on(FormatDay(DayInChina(MicrosOf(push.create_time()))));
  entry.set_state(push.state());
  entry.set_decline_reason(push.decline_reason());
  if (!push.history().empty()) entry.set_text(push.history(push.history_size() - 1).text());
  return entry;
}

}  // namespace

EnterpriseProfiles::EnterpriseProfiles(const VisitContext& context)
    : context_(context), diagnoses_(context.store().log(), std::string(kDiagnoses)) {}

Status EnterpriseProfiles::AddNeeds(const rpc::CallContext& call, v1::EnterpriseProfile* profile) const {
  const CatalogView catalog(context_.role->peers, call);
  DUIJIE_ASSIGN_OR_RETURN(const NeedsOfEnterprise own, ReadNeedsOf(catalog, profile->enterprise().name()));
  profile->set_snapshot_revision(own.revision);
  for (const v1::Need& need : own.needs) {
    if (profile->needs_size() == kMaxProfileNeeds) break;
    v1::ProfileNeed& entry = *profile->add_needs();
    *entry.mutable_need() = EntryOf(need);
    const StatusOr<v1::NeedDiagnosis> diagnosis = diagnoses_.GetById(IdOf(need.name()));
    if (diagnosis.status().code() == StatusCode::kNotFound) continue;
    DUIJIE_RETURN_IF_ERROR(diagnosis.status());
    entry.set_verdict(diagnosis->verdict());
    entry.set_diagnosis(diagnosis->name());
  }
  return OkStatus();
}

StatusOr<std::vector<v1::Push>> EnterpriseProfiles::PushesTo(const rpc::CallContext& call,
                                                             const std::string& enterprise) const {
  std::vector<v1::Push> pushes;
  if (context_.list_pushes == nullptr) return pushes;
  v1::ListPushesRequest request;
  request.set_enterprise(enterprise);
  do {
    request.set_page_size(kMaxProfilePushes - static_cast<int>(pushes.size()));
    DUIJIE_ASSIGN_OR_RETURN(auto page, context_.list_pushes(call, request));
    std::move(page.mutable_pushes()->begin(), page.mutable_pushes()->end(), std::back_inserter(pushes));
    request.set_page_token(page.next_page_token());
  } while (pushes.size() < kMaxProfilePushes && !request.page_token().empty());
  return pushes;
}

Status EnterpriseProfiles::AddPushes(const rpc::CallContext& call, v1::EnterpriseProfile* profile) const {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Push> pushes, PushesTo(call, profile->enterprise().name()));
  for (const v1::Push& push : pushes) *profile->add_pushes() = EntryOf(push);
  return OkStatus();
}

Status EnterpriseProfiles::AddVisits(const rpc::CallContext& call, v1::EnterpriseProfile* profile) const {
  DUIJIE_ASSIGN_OR_RETURN(const std::vector<v1::Visit> visits,
                          ReadVisitsTo(context_, call.principal(), profile->enterprise().name()));
  for (const v1::Visit& visit : visits) {
    if (profile->visits_size() == kMaxProfileVisits) break;
    *profile->add_visits() = EntryOf(visit);
  }
  return OkStatus();
}

StatusOr<v1::EnterpriseProfile> EnterpriseProfiles::Make(const rpc::CallContext& call,
                                                         const Asked& asked) const {
  const Day today = DayInChina(context_.store().Now());
  const std::optional<Day> as_of = asked.as_of.empty() ? today : ParseDay(asked.as_of);
  if (!as_of) return InvalidField("as_of", "INVALID_DATE", "应为 2026-03-05 的形式");
  const int days = asked.expiring_days == 0 ? kDefaultExpiringDays : asked.expiring_days;
  if (days < 1 || days > kMaxExpiringDays) {
    return InvalidField("expiring_days", "OUT_OF_RANGE", "应为 1 至 3650 天");
  }
  v1::EnterpriseProfile profile;
  DUIJIE_ASSIGN_OR_RETURN(*profile.mutable_enterprise(),
                          ReadEnterprise(context_.role->peers, call, asked.name));
  const v1::Enterprise& enterprise = profile.enterprise();
  profile.set_region_name(RegionName(*context_.taxonomies, enterprise.region_code()));
  profile.set_park_name(ParkName(*context_.taxonomies, enterprise.park_code()));
  for (const std::string& code : enterprise.industry_codes()) {
    profile.add_industry_names(IndustryName(*context_.taxonomies, code));
  }
  for (const v1::Certificate& certificate : enterprise.certificates()) {
    *profile.add_certificates() = MarkedCertificate(certificate, *as_of, days);
  }
  profile.set_as_of(FormatDay(*as_of));
  profile.set_expiring_days(days);
  DUIJIE_RETURN_IF_ERROR(AddNeeds(call, &profile));
  DUIJIE_RETURN_IF_ERROR(AddPushes(call, &profile));
  DUIJIE_RETURN_IF_ERROR(AddVisits(call, &profile));
  return profile;
}

StatusOr<v1::GetEnterpriseProfileResponse> EnterpriseProfiles::Get(
    const rpc::CallContext& call, const v1::GetEnterpriseProfileRequest& request) const {
  v1::GetEnterpriseProfileResponse response;
  DUIJIE_ASSIGN_OR_RETURN(*response.mutable_profile(),
                          Make(call, {request.name(), request.as_of(), request.expiring_days()}));
  return response;
}

StatusOr<v1::ExportEnterpriseProfileResponse> EnterpriseProfiles::Render(
    const rpc::CallContext& call, const v1::ExportEnterpriseProfileRequest& request) const {
  DUIJIE_ASSIGN_OR_RETURN(const v1::EnterpriseProfile profile,
                          Make(call, {request.name(), request.as_of(), request.expiring_days()}));
  v1::ExportEnterpriseProfileResponse response;
  response.set_content(ProfilePage(profile));
  response.set_file_name("一企一档-" + profile.as_of() + ".html");
  return response;
}

}  // namespace duijie::mining
