// SPDX-License-Identifier: GPL-3.0-or-later
// visit plan create, list, show, edit, propose, agree, close, export; visit add, list, show, agree, hold,
// record, attach, fetch, sign, cancel, brief, ledger, export.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddVisitCommands(Command root, Invocation& invocation);

// Adds the group "plan" below "visit"; of visit_plan_commands.cc.
void AddVisitPlanCommands(Command visit, Invocation& invocation);

}  // namespace duijie
