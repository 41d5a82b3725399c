// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of pushes, receipts and delivery. Sets role->pushes, which campaigns and standing push use; so
// it is bound before them.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

Status BindDelivery(rpc::App& app, std::shared_ptr<PushRole> role);

}  // namespace duijie::push
