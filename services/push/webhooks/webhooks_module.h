// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of webhooks. Needs role->pushes, which BindDelivery sets.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

Status BindWebhooks(rpc::App& app, std::shared_ptr<PushRole> role);

}  // namespace duijie::push
