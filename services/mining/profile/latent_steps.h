// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a guess, who may see it, and what enterprises are not shown of it. Pure.
#pragma once

#include "common/auth/principal.h"
#include "common/base/clock.h"
#include "common/status/status.h"
#include "duijie/v1/profile_service.pb.h"

namespace duijie::mining {

// ILLEGAL_TRANSITION with metadata from and to; field violations of what the step needs.
Status CheckLatentStep(v1::LatentNeedState from, const v1::TransitionLatentNeedRequest& request);

// Sets the state and keeps the step.
void TakeStep(v1::LatentNeedState to, const std::string& reason, const Principal& caller, UnixMicros now,
              v1::LatentNeed* latent);

// Administrators, staff in scope of its park, and its enterprise from the day it was put to it.
bool MaySeeLatent(const Principal& caller, const v1::LatentNeed& latent);

void HideFromEnterprise(v1::LatentNeed* latent);

}  // namespace duijie::mining
