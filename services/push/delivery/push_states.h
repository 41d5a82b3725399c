// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a push (see v1.PushState) and what they require. Pure.
#pragma once

#include <string>
#include <string_view>

#include "common/auth/principal.h"
#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/v1/push.pb.h"

namespace duijie::push {

inline constexpr size_t kMaxStepTextCodePoints = 1'000;

bool IsLegalStep(v1::PushState from, v1::PushState to);

// A step as its caller asks for it.
struct AskedStep {
  v1::PushState to = v1::PUSH_STATE_UNSPECIFIED;
  v1::DeclineReason decline_reason = v1::DECLINE_REASON_UNSPECIFIED;
  std::string text;
};

// INVALID_FIELD (unknown state or reason, text or reason missing or not allowed); PERMISSION_DENIED FORBIDDEN
// if an enterprise takes a step of staff, or anybody one of the system; FAILED_PRECONDITION
// ILLEGAL_TRANSITION with metadata from and to, also for every step of a push that is not delivered.
Status CheckStep(const v1::Push& push, const Principal& caller, const AskedStep& step);

// Takes the step, which is not checked again.
void TakeStep(v1::Push* push, const AskedStep& step, const Principal& caller, UnixMicros now);

}  // namespace duijie::push
