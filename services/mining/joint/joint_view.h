// SPDX-License-Identifier: GPL-3.0-or-later
// Who sees what of a joint need. Pure.
//
//                                          PROPOSED, CLOSED   OPEN
//   admin, staff in scope of every member  everything         everything
//   enterprise of a member                 text, own member   text, own and consenting members
//   staff in scope of some members         –                  text, those and consenting members
//   everybody else                         –                  text, consenting members
//
// One that fewer than three enterprises are left of is seen as if it were not open.
#pragma once

#include <optional>

#include "common/auth/principal.h"
#include "duijie/v1/joint_need.pb.h"

namespace duijie::mining {

// Whether the caller is responsible for the member: administrators, staff in scope of its park, its
// enterprise.
bool MayEditMember(const Principal& caller, const v1::JointNeedMember& member);

// Whether the caller, as staff, is responsible for every member.
bool MayManage(const Principal& caller, const v1::JointNeed& joint);

// Distinct enterprises among the members that have not refused; those of `consent` only, if given.
int CountEnterprises(const v1::JointNeed& joint, std::optional<v1::JointConsent> consent = {});

// What the caller may see; none if the joint need does not exist for him.
std::optional<v1::JointNeed> ViewOf(const Principal& caller, const v1::JointNeed& joint);

}  // namespace duijie::mining
