// SPDX-License-Identifier: GPL-3.0-or-later
// intake: from free notes to needs.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddIntakeCommands(Command root, Invocation& invocation);

}  // namespace duijie
