// SPDX-License-Identifier: GPL-3.0-or-later
// run start, list, show, watch, results, export, compare, cancel, delete.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddRunCommands(Command root, Invocation& invocation);

}  // namespace duijie
