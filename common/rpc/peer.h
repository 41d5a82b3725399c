// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a PeerCall of a stub's method; for modules.
#pragma once

#include "common/rpc/app.h"
#include "common/rpc/peer_call.h"

namespace duijie::rpc {

inline constexpr std::chrono::milliseconds kQuickPeerCall{30'000};

// `app` and `stub` outlive what is returned.
template <typename Service, typename Request, typename Response>
PeerCall<Request, Response> Peer(App& app, LazyStub<Service>& stub,
                                 grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                       Response*),
                                 std::chrono::milliseconds timeout = kQuickPeerCall) {
  return [&app, &stub, method, timeout](const CallContext& call, const Request& request) {
    return Call(app, call, stub.operator->(), method, request, timeout);
  };
}

}  // namespace duijie::rpc
