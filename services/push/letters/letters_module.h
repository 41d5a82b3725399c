// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of letters.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

// After BindDelivery.
Status BindLetters(rpc::App& app, const std::shared_ptr<PushRole>& role);

}  // namespace duijie::push
