// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of publications and their yearly catalogue (年度科技成果发布目录).
#pragma once

#include <memory>

#include "common/rpc/app.h"
#include "services/push/push_role.h"

namespace duijie::push {

Status BindPublication(rpc::App& app, const std::shared_ptr<PushRole>& role);

}  // namespace duijie::push
