// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/grpc_log.h"

#include <grpc/support/log.h>

#include <string>
#include <string_view>

#include "common/log/log.h"

namespace duijie::rpc {
namespace {

// What gRPC calls an error is mostly a client's doing (a failed handshake, a broken connection), so it is a
// warning here.
void Forward(gpr_log_func_args* args) {
  const std::string_view path = args->file;
  const std::string where = std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(args->line);
  const log::Level level = args->severity == GPR_LOG_SEVERITY_ERROR ? log::Level::kWarn : log::Level::kDebug;
  log::Write(level, "grpc", {{"message", args->message}, {"where", where}});
}

}  // namespace

void RouteGrpcLog() { gpr_set_log_function(Forward); }

}  // namespace duijie::rpc
