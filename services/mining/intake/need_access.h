// SPDX-License-Identifier: GPL-3.0-or-later
// Needs and enterprises as the parts of the intake read them, and the small checks that they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/auth/principal.h"
#include "common/resources/role_store.h"
#include "services/mining/peers.h"

namespace duijie::mining {

inline constexpr size_t kMaxReasonCodePoints = 1'000;
inline constexpr size_t kMaxShortText = 200;    // code points
inline constexpr size_t kMaxLongText = 20'000;  // code points

// The need, if the caller sees it in full; NOT_FOUND RECORD_NOT_FOUND else.
StatusOr<v1::Need> ReadNeed(const Peers& peers, const rpc::CallContext& call, const std::string& name);

// The same, and the caller may change it.
StatusOr<v1::Need> ReadOwnNeed(const Peers& peers, const rpc::CallContext& call, const std::string& name);

// NOT_FOUND unless the caller sees it in full.
StatusOr<v1::Enterprise> ReadEnterprise(const Peers& peers, const rpc::CallContext& call,
                                        const std::string& name);

// What is about an enterprise or park, and for staff in scope of it.
bool SeesStaffMatter(const Principal& caller, const std::string& park_code, const std::string& enterprise);

// Adds REQUIRED, TOO_LONG or CONTROL_CHARACTER.
void CheckNoteText(std::string_view text, bool required, size_t most, const std::string& field,
                   std::vector<FieldViolation>* wrong);

// FAILED_PRECONDITION ILLEGAL_TRANSITION.
Status IllegalStep(std::string_view from, std::string_view to);

}  // namespace duijie::mining
