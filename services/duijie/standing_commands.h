// SPDX-License-Identifier: GPL-3.0-or-later
// duijie push standing: 常态推送, below the group "push".
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddStandingCommands(Command push_group, Invocation& invocation);

}  // namespace duijie
