// SPDX-License-Identifier: GPL-3.0-or-later
// publication add, list, withdraw, progress, catalogue.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddPublicationCommands(Command root, Invocation& invocation);

}  // namespace duijie
