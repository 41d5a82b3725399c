// SPDX-License-Identifier: GPL-3.0-or-later
// duijie push letter
#pragma once

#include "services/duijie/session.h"

namespace duijie {

// After AddPushCommands: the command stands in its group.
void AddLetterCommand(Command root, Invocation& invocation);

}  // namespace duijie
