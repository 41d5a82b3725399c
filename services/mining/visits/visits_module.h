// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of visits: plans, records, briefs, ledgers.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

// What visits and profiles share.
StatusOr<std::shared_ptr<VisitContext>> MakeVisitContext(rpc::App& app, std::shared_ptr<MiningRole> role);

Status BindVisits(rpc::App& app, std::shared_ptr<VisitContext> context);

}  // namespace duijie::mining
