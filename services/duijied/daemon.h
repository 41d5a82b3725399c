// SPDX-License-Identifier: GPL-3.0-or-later
// The life of the daemon: log, app, roles, ready, wait for a signal, drain.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/config/config.h"
#include "common/rpc/app.h"
#include "services/duijied/exit_code.h"

namespace duijie {

struct Role {
  std::string name;
  std::function<Status(rpc::App&)> bind;
};

// Runs the roles that the configuration names until SIGTERM or SIGINT. A second signal ends the process at
// once. Tells systemd READY and STOPPING. Errors go to the log and, for people, to standard error. Call once,
// from the main thread, before any other thread exists (signals are blocked for all of them).
ExitCode RunDaemon(const Config& config, const std::vector<Role>& roles);

}  // namespace duijie
