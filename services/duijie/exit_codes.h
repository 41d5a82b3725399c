// SPDX-License-Identifier: GPL-3.0-or-later
// How the program ends, and the errors that arise on this side of the wire. The numbers are promised by
// --help and docs/zh: scripts depend on them.
#pragma once

#include <string_view>

#include "common/status/status.h"

namespace duijie {

enum class ExitCode {
  kOk = 0,
  kError = 1,         // refused by the server, or a local file failed
  kUsage = 2,         // the command line or a local input is wrong
  kRowsRejected = 3,  // an import rejected rows
  kNotFound = 4,
  kNoPermission = 5,  // no valid key, or one that may not
  kUnavailable = 6,   // server unreachable, or too slow
  kConflict = 7,      // somebody else changed the record first, or the name is taken
};

// The text about exit codes at the end of --help.
std::string_view ExitCodeHelp();

// Reasons of errors that no server sent.
inline constexpr std::string_view kUsageReason = "USAGE";
inline constexpr std::string_view kLocalReason = "LOCAL";

// `message` is Chinese and complete.
Status UsageError(std::string_view message);
Status LocalError(std::string_view message);

ExitCode ExitCodeOf(const Status& status);

}  // namespace duijie
