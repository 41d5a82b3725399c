// SPDX-License-Identifier: GPL-3.0-or-later
// eval score, eval compare, eval export: rankings against human judgements.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddEvalCommands(Command root, Invocation& invocation);

}  // namespace duijie
