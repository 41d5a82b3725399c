// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of maturity assessment (技术成熟度评价).
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

Status BindMaturity(rpc::App& app, const std::shared_ptr<PushRole>& role);

}  // namespace duijie::push
