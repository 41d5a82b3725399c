// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of joint needs.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

Status BindJointNeeds(rpc::App& app, const std::shared_ptr<MiningRole>& role);

}  // namespace duijie::mining
