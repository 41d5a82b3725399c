// SPDX-License-Identifier: GPL-3.0-or-later
// duijie campaign: 推送活动.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddCampaignCommands(Command root, Invocation& invocation);

}  // namespace duijie
