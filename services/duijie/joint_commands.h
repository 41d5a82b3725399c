// SPDX-License-Identifier: GPL-3.0-or-later
// duijie joint find | create | list | show | answer | open | close
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddJointCommands(Command root, Invocation& invocation);

}  // namespace duijie
