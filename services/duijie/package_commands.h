// SPDX-License-Identifier: GPL-3.0-or-later
// duijie package create | list | show | rebuild | delete | export
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddPackageCommands(Command root, Invocation& invocation);

}  // namespace duijie
