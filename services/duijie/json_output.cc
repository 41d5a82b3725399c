// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/json_output.h"

#include <google/protobuf/util/json_util.h>

#include "services/duijie/exit_codes.h"

namespace duijie {
namespace {

std::string ToJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = indented;
  std::string json;
  // Fails only for ill-formed google.protobuf.Any and the like, which our messages do not hold.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) json = "{}";
  return json;
}

}  // namespace

std::string ToJsonLine(const google::protobuf::Message& message) { return ToJson(message, false); }

std::string ToJsonText(const google::protobuf::Message& message) { return ToJson(message, true); }

Status ParseJson(std::string_view json, std::string_view what, google::protobuf::Message* message) {
  const auto status = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(json.data(), json.size()), message);
  if (status.ok()) return OkStatus();
  return UsageError(std::string(what) + " 不是有效的 JSON 记录：" +
                    std::string(status.message().data(), status.message().size()));
}

}  // namespace duijie
