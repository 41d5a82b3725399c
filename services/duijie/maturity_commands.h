// SPDX-License-Identifier: GPL-3.0-or-later
// maturity schemes, scheme, create, evidence, show, list, complete, document.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddMaturityCommands(Command root, Invocation& invocation);

}  // namespace duijie
