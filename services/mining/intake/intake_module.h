// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of the intake, a part of the role "mining".
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

// Loads the shared analyzer.
Status BindIntake(rpc::App& app, std::shared_ptr<MiningRole> role);

}  // namespace duijie::mining
