// SPDX-License-Identifier: GPL-3.0-or-later
// judgement add, import, list; scorecard.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddJudgementCommands(CLI::App& app, Invocation& invocation);

}  // namespace duijie
