// SPDX-License-Identifier: GPL-3.0-or-later
// need-diagnosis and clinic: whether needs are valid, and what would help them.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddDiagnosisCommands(Command root, Invocation& invocation);
void AddClinicCommands(Command root, Invocation& invocation);

}  // namespace duijie
