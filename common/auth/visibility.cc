// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/visibility.h"

#include <algorithm>

namespace duijie {
namespace {

bool IsAdmin(const Principal& caller) { return caller.role() == v1::ROLE_ADMIN; }

bool IsStaffInScope(const Principal& caller, const AccessFacts& facts) {
  if (caller.role() != v1::ROLE_STAFF) return false;
  if (caller.all_parks()) return true;
  const auto& parks = caller.park_codes();
  return !facts.park_code.empty() && std::find(parks.begin(), parks.end(), facts.park_code) != parks.end();
}

bool IsOwner(const Principal& caller, const AccessFacts& facts) {
  return caller.role() == v1::ROLE_ENTERPRISE && !facts.enterprise.empty() &&
         caller.enterprise() == facts.enterprise;
}

bool IsReviewStep(v1::RecordState to) {
  return to == v1::RECORD_STATE_RETURNED || to == v1::RECORD_STATE_PUBLISHED ||
         to == v1::RECORD_STATE_EXPIRED;
}

// A role that the table does not know sees nothing.
bool IsKnownRole(v1::Role role) {
  switch (role) {
    case v1::ROLE_ADMIN:
    case v1::ROLE_STAFF:
    case v1::ROLE_EXPERT:
    case v1::ROLE_ENTERPRISE:
    case v1::ROLE_PARTNER:
      return true;
    default:
      return false;
  }
}

// Index terms of the rule. Every record has kAnyRecord and, if it has them, its park and its owner; a record
// that everybody may find has kEverybody too.
constexpr char kAnyRecord[] = "all";
constexpr char kEverybody[] = "open";
std::string ParkTerm(const std::string& park_code) { return "park:" + park_code; }
std::string OwnerTerm(const std::string& enterprise) { return "owner:" + enterprise; }

}  // namespace

Visibility VisibilityOf(const Principal& caller, const AccessFacts& facts) {
  if (MayEdit(caller, facts)) return Visibility::kFull;
  if (!IsKnownRole(caller.role()) || facts.state != v1::RECORD_STATE_PUBLISHED) return Visibility::kNone;
  if (facts.tier == v1::CONFIDENTIALITY_TIER_PUBLIC) return Visibility::kFull;
  if (facts.tier == v1::CONFIDENTIALITY_TIER_ANONYMOUS) return Visibility::kMasked;
  return Visibility::kNone;  // STAFF_ONLY, and any tier that this version does not know
}

bool MayEdit(const Principal& caller, const AccessFacts& facts) {
  return IsAdmin(caller) || IsStaffInScope(caller, facts) || IsOwner(caller, facts);
}

bool MayTransition(const Principal& caller, const AccessFacts& facts, v1::RecordState to) {
  if (IsReviewStep(to)) return IsAdmin(caller) || IsStaffInScope(caller, facts);
  return MayEdit(caller, facts);
}

bool MayReadContacts(const Principal& caller, const AccessFacts& facts) { return MayEdit(caller, facts); }

std::vector<std::string> AccessTermsOf(const AccessFacts& facts) {
  std::vector<std::string> terms = {kAnyRecord};
  const bool open_tier =
      facts.tier == v1::CONFIDENTIALITY_TIER_PUBLIC || facts.tier == v1::CONFIDENTIALITY_TIER_ANONYMOUS;
  if (open_tier && facts.state == v1::RECORD_STATE_PUBLISHED) terms.push_back(kEverybody);
  if (!facts.park_code.empty()) terms.push_back(ParkTerm(facts.park_code));
  if (!facts.enterprise.empty()) terms.push_back(OwnerTerm(facts.enterprise));
  return terms;
}

std::vector<std::string> AccessQueryTerms(const Principal& caller) {
  if (!IsKnownRole(caller.role())) return {};
  if (IsAdmin(caller) || (caller.role() == v1::ROLE_STAFF && caller.all_parks())) return {kAnyRecord};
  std::vector<std::string> terms = {kEverybody};
  if (caller.role() == v1::ROLE_STAFF) {
    for (const auto& park : caller.park_codes()) {
      if (!park.empty()) terms.push_back(ParkTerm(park));
    }
  }
  if (caller.role() == v1::ROLE_ENTERPRISE && !caller.enterprise().empty()) {
    terms.push_back(OwnerTerm(caller.enterprise()));
  }
  return terms;
}

}  // namespace duijie
