// SPDX-License-Identifier: GPL-3.0-or-later
// profile show, key, select, selections, selection, replay; latent propose, list, show, put, confirm, reject.
#pragma once

#include "services/duijie/session.h"

namespace duijie {

void AddProfileCommands(CLI::App& app, Invocation& invocation);

// The group "latent"; of latent_commands.cc.
void AddLatentCommands(CLI::App& app, Invocation& invocation);

}  // namespace duijie
