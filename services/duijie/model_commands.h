// SPDX-License-Identifier: GPL-3.0-or-later
// model train, list, show, promote, rollback, delete: ranking models learned from judgements.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddModelCommands(Command root, Invocation& invocation);

}  // namespace duijie
