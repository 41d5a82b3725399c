// SPDX-License-Identifier: GPL-3.0-or-later
// An error as a person reads it: what happened, why, which fields, and the request id to quote to the
// operator.
#pragma once

#include <string>

#include "common/status/status.h"

namespace duijie {

// Several lines of Chinese, each ending in "\n", safe for a terminal.
std::string ErrorText(const Status& status);

// {"error": {"code", "reason", "message", "field_violations", "request_id"}} on one line without its end.
std::string ErrorJson(const Status& status);

}  // namespace duijie
