// SPDX-License-Identifier: GPL-3.0-or-later
// profile show, key, select, selections, selection, replay; latent propose, list, show, put, confirm, reject.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddProfileCommands(Command root, Invocation& invocation);

// The group "latent"; of latent_commands.cc.
void AddLatentCommands(Command root, Invocation& invocation);

}  // namespace duijie
