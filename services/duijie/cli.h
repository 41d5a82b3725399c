// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: builds the command tree, parses, runs the command chosen, and turns its outcome into text
// and an exit code.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "services/duijie/session.h"
#include "services/duijie/settings.h"

namespace duijie {

// Global options as given.
struct GlobalOptions {
  SettingValues settings;
  bool json = false;
  bool no_color = false;
};

// The command tree. `globals` and `invocation` must outlive it.
CommandLine BuildCommandLine(GlobalOptions& globals, Invocation& invocation);

// `arguments` without the program's name. Never throws.
int RunCli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace duijie
