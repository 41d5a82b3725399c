// SPDX-License-Identifier: GPL-3.0-or-later
// --json: one JSON object a line, field names as in the protos, so that `jq` and scripts can read it. The one
// place that turns messages into JSON and back.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

// One line without its end. Control characters are escaped.
std::string ToJsonLine(const google::protobuf::Message& message);

// Indented, for an editor; every line ends in "\n".
std::string ToJsonText(const google::protobuf::Message& message);

// USAGE error if the text is not JSON of this message; `what` names the source, e.g. a file. Unknown fields
// are errors.
Status ParseJson(std::string_view json, std::string_view what, google::protobuf::Message* message);

}  // namespace duijie
