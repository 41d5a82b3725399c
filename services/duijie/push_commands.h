// SPDX-License-Identifier: GPL-3.0-or-later
// push create, list, show, read, interest, decline, talk, contract, end, inbox, watch, prefs, settings.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddPushCommands(Command root, Invocation& invocation);

}  // namespace duijie
