// SPDX-License-Identifier: GPL-3.0-or-later
// Who may see what of pushes. Pure.
#pragma once

#include <string>

#include "common/auth/visibility.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

// Administrators, staff in scope of the park, and the enterprise itself.
inline bool IsInScope(const Principal& caller, const std::string& park_code, const std::string& enterprise) {
  const AccessFacts facts{v1::RECORD_STATE_PUBLISHED, v1::CONFIDENTIALITY_TIER_STAFF_ONLY, park_code,
                          enterprise};
  return VisibilityOf(caller, facts) == Visibility::kFull;
}

inline bool IsStaffInScope(const Principal& caller, const std::string& park_code) {
  return caller.role() != v1::ROLE_ENTERPRISE && IsInScope(caller, park_code, "");
}

// An enterprise sees its pushes from their delivery on.
inline bool MaySee(const Principal& caller, const v1::Push& push) {
  if (caller.role() == v1::ROLE_ENTERPRISE && !push.has_deliver_time()) return false;
  return IsInScope(caller, push.park_code(), push.enterprise());
}

// An enterprise is not told which keys of staff did what.
inline v1::Push ShownTo(const Principal& caller, v1::Push push) {
  if (caller.role() != v1::ROLE_ENTERPRISE) return push;
  push.clear_creator();
  for (v1::PushStep& step : *push.mutable_history()) {
    if (step.actor_kind() != v1::JUDGE_KIND_ENTERPRISE) step.clear_actor();
  }
  return push;
}

// What may be shown to the enterprise of a push is decided as for a key of that enterprise.
inline Principal EnterprisePrincipal(const std::string& enterprise) {
  Principal principal;
  principal.set_role(v1::ROLE_ENTERPRISE);
  principal.set_enterprise(enterprise);
  return principal;
}

}  // namespace duijie::push
