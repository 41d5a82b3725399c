// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of the role "push": directed push (科技成果定向推送). Its records are in <data folder>/push; it
// asks catalog and matching.
#pragma once

#include "common/rpc/app.h"

namespace duijie::push {

Status BindPush(rpc::App& app);

}  // namespace duijie::push
