// SPDX-License-Identifier: GPL-3.0-or-later
// What may be asked of a joint need. Pure.
#pragma once

#include "common/status/status.h"
#include "duijie/v1/joint_need.pb.h"

namespace duijie::mining {

inline constexpr int kMostJointMembers = 50;

// What the client may set; the rest is made by the server.
v1::JointNeed InputOf(const v1::JointNeed& joint);

Status CheckInput(const v1::JointNeed& joint);

// FAILED_PRECONDITION ILLEGAL_TRANSITION with metadata from and to.
Status IllegalStep(v1::JointNeedState from, v1::JointNeedState to);
Status CheckStep(v1::JointNeedState from, v1::JointNeedState to);

}  // namespace duijie::mining
