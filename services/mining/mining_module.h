// SPDX-License-Identifier: GPL-3.0-or-later
// The wiring of the role "mining": demand mining (企业技术需求定向挖掘). Its records are in <data
// folder>/mining; it asks catalog and matching.
#pragma once

#include "common/rpc/app.h"

namespace duijie::mining {

Status BindMining(rpc::App& app);

}  // namespace duijie::mining
