// SPDX-License-Identifier: GPL-3.0-or-later
// processing create, edit, show, list, submit, return, sign, revert, diff, document.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddProcessingCommands(Command root, Invocation& invocation);

}  // namespace duijie
