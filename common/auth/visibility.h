// SPDX-License-Identifier: GPL-3.0-or-later
// Who may see and change which record: the one place that decides. Pure; safe on any thread.
//
//                    PUBLIC, published   ANONYMOUS, published   STAFF_ONLY, published   any other state
//   admin            full                full                   full                    full
//   staff in scope   full                full                   full                    full
//   staff elsewhere  full                masked                 –                       –
//   owner            full                full                   full                    full
//   anybody else     full                masked                 –                       –
//
// "In scope": the key covers all parks, or the record's park; a record without a park is in scope only of
// keys that cover all parks. "Owner": the enterprise's key whose enterprise the record is (enterprises) or
// belongs to (needs). "Masked": the text without what tells who stands behind it (Need.identity_hidden).
#pragma once

#include <string>
#include <vector>

#include "common/auth/principal.h"
#include "duijie/v1/common.pb.h"

namespace duijie {

enum class Visibility { kNone, kMasked, kFull };

// What decides; every record reduces to it.
struct AccessFacts {
  v1::RecordState state = v1::RECORD_STATE_UNSPECIFIED;
  v1::ConfidentialityTier tier = v1::CONFIDENTIALITY_TIER_UNSPECIFIED;
  std::string park_code;   // "" = none
  std::string enterprise;  // owner, "enterprises/{id}"; "" = none
};

Visibility VisibilityOf(const Principal& caller, const AccessFacts& facts);

// Create, update, delete: admin, staff in scope, and the owner (enterprises and needs only).
bool MayEdit(const Principal& caller, const AccessFacts& facts);

// Review steps (to RETURNED, PUBLISHED, EXPIRED): admin and staff in scope. Other steps: whoever may edit.
bool MayTransition(const Principal& caller, const AccessFacts& facts, v1::RecordState to);

// Contacts: admin, staff in scope, owner.
bool MayReadContacts(const Principal& caller, const AccessFacts& facts);

// The same rule as index terms: a record carries AccessTermsOf(facts); a caller may see it (masked or full)
// exactly if one of AccessQueryTerms(caller) is among them. VisibilityTest checks the two against each other.
std::vector<std::string> AccessTermsOf(const AccessFacts& facts);
std::vector<std::string> AccessQueryTerms(const Principal& caller);

}  // namespace duijie
