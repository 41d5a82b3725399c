// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of profiles, key enterprises and latent needs.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

// `context`: that of visits.
Status BindProfiles(rpc::App& app, std::shared_ptr<const VisitContext> context);

}  // namespace duijie::mining
