// SPDX-License-Identifier: GPL-3.0-or-later
// How duijied tells why it ended; systemd units and scripts rely on the numbers (docs, --help).
#pragma once

#include <string>

#include "common/status/status.h"

namespace duijie {

enum class ExitCode {
  kStopped = 0,    // stopped by a signal, after a drain
  kFailed = 1,     // anything else
  kBadConfig = 2,  // command line or configuration
  kDataInUse = 3,  // another daemon has the data folder
  kDataNotWritable = 4,
  kDiskFull = 5,
  kCannotListen = 6,
  kDataDamaged = 7,
  kDataTooNew = 8,
};

ExitCode ExitCodeFor(const Status& status);

// For a person, in Chinese: what happened and what to do, and the detail as it is.
std::string Explain(const Status& status);

}  // namespace duijie
