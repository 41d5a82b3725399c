// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of campaigns. After BindDelivery, which makes the pushes that campaigns ask for.
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

Status BindCampaigns(rpc::App& app, const std::shared_ptr<PushRole>& role);

}  // namespace duijie::push
