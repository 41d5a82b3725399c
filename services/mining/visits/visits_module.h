// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of visits: plans, records, briefs, ledgers.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

Status BindVisits(rpc::App& app, std::shared_ptr<MiningRole> role);

}  // namespace duijie::mining
