// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of standing push. After BindDelivery, which makes the pushes. Metrics, by collection:
//   duijie_standing_push_seconds{collection}   histogram: from a record's change to the commit of its pushes
//   duijie_standing_matching_seconds{collection}  histogram: matching of it, waiting for the index included
//   duijie_standing_handling_seconds{collection}  histogram: from taking the change up to the commit
//   duijie_standing_pushes_total{collection}   pushes made
//   duijie_standing_lag_revisions{collection}  revisions that a page found ahead of what was dealt with
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

Status BindStanding(rpc::App& app, const std::shared_ptr<PushRole>& role);

}  // namespace duijie::push
