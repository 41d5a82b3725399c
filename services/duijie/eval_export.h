// SPDX-License-Identifier: GPL-3.0-or-later
// eval export: the server's ranking of judged needs as a run file, and its measures.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddEvalExport(Command group, Invocation& invocation);

}  // namespace duijie
