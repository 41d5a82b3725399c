// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of duijied: a configuration file, and flags that win over it.
#pragma once

#include <optional>

#include "common/config/config.h"

namespace duijie {

struct Invocation {
  Config config;
  std::optional<int> exit_code;  // set: end now (help, version, --check, or an error that was told)
};

// Prints what there is to print. Reads no clock and touches nothing but the configuration file.
Invocation ReadCommandLine(int argc, const char* const* argv);

}  // namespace duijie
