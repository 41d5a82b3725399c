// SPDX-License-Identifier: GPL-3.0-or-later
// gRPC's own messages as lines of our log, instead of as free text on standard error.
#pragma once

namespace duijie::rpc {

// Idempotent; for the whole process.
void RouteGrpcLog();

}  // namespace duijie::rpc
