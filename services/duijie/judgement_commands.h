// SPDX-License-Identifier: GPL-3.0-or-later
// judgement add, import, list; scorecard.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddJudgementCommands(Command root, Invocation& invocation);

}  // namespace duijie
