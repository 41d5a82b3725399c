// SPDX-License-Identifier: GPL-3.0-or-later
// A method of another role as a function, so that logic knows no stub: the module makes it from a stub
// (peer.h), a test from records in memory. Safe on any thread.
#pragma once

#include <functional>

#include "common/rpc/call_context.h"
#include "common/status/status.h"

namespace duijie::rpc {

template <typename Request, typename Response>
using PeerCall = std::function<StatusOr<Response>(const CallContext&, const Request&)>;

}  // namespace duijie::rpc
