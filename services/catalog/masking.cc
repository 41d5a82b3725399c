// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/masking.h"

#include "common/auth/visibility.h"

namespace duijie::catalog {
namespace {

constexpr size_t kCityDigits = 4;  // of a GB/T 2260 code

void CutToCity(std::string* region_code) {
  if (region_code->size() > kCityDigits) region_code->replace(kCityDigits, std::string::npos, "00");
}

void Hide(v1::Achievement& achievement) {
  achievement.clear_owner_name();
  achievement.clear_owner_credit_code();
  achievement.clear_contributors();
  achievement.clear_registration_number();
  achievement.clear_programme_number();
  achievement.clear_background_rights();
  // A number finds its owner in any patent register.
  for (auto& property : *achievement.mutable_intellectual_properties()) property.clear_number();
}

void Hide(v1::Enterprise& enterprise) {
  enterprise.set_title("（匿名企业）");
  enterprise.clear_credit_code();
  enterprise.clear_park_code();
  enterprise.clear_description();
  enterprise.clear_certificates();
}

void Hide(v1::Need& need) {
  need.clear_enterprise();
  need.clear_enterprise_name();
  need.clear_decision_owner();
  need.clear_park_code();
  need.set_identity_hidden(true);
}

void Hide(v1::Expert& expert) {
  expert.set_title("（匿名专家）");
  expert.clear_organization();
  expert.clear_organization_credit_code();
  expert.clear_biography();
  expert.clear_conflict_credit_codes();
}

bool IsStaff(const Principal& caller) {
  return caller.role() == v1::ROLE_ADMIN || caller.role() == v1::ROLE_STAFF;
}

}  // namespace

void HideIdentity(AnyRecord* record) {
  std::visit(
      [](auto& r) {
        Hide(r);
        r.clear_provenances();
        r.clear_state_changes();
        CutToCity(r.mutable_region_code());
      },
      *record);
}

std::optional<AnyRecord> ViewFor(const Principal& caller, AnyRecord record) {
  const Visibility visibility = VisibilityOf(caller, FactsOf(record));
  if (visibility == Visibility::kNone) return std::nullopt;
  if (visibility == Visibility::kMasked) HideIdentity(&record);
  if (auto* expert = std::get_if<v1::Expert>(&record); expert != nullptr && !IsStaff(caller)) {
    expert->clear_conflict_credit_codes();
  }
  return record;
}

}  // namespace duijie::catalog
