// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a PeerCall of a stub's method; for modules. Where the peer runs in this process and offers the
// method, it is called directly, else over the stub's channel.
#pragma once

#include <optional>

#include "common/rpc/app.h"
#include "common/rpc/peer_call.h"

namespace duijie::rpc {

inline constexpr std::chrono::milliseconds kQuickPeerCall{30'000};

template <typename Request, typename Response>
StatusOr<Response> CallLocal(App& app, const LocalMethod<Request, Response>& method, const CallContext& call,
                             const Request& request, std::chrono::milliseconds timeout) {
  std::optional<Response> response;
  DUIJIE_RETURN_IF_ERROR(app.edge().RunLocal(method.name, call, timeout, [&](CallContext& own) -> Status {
    StatusOr<Response> result = method.handler(own, request);
    if (!result.ok()) return result.status();
    response = *std::move(result);
    return OkStatus();
  }));
  return *std::move(response);
}

// `app` and `stub` outlive what is returned.
template <typename Service, typename Request, typename Response>
PeerCall<Request, Response> Peer(App& app, LazyStub<Service>& stub,
                                 grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                       Response*),
                                 std::chrono::milliseconds timeout = kQuickPeerCall) {
  return [&app, &stub, method, timeout](const CallContext& call, const Request& request) {
    if (const auto* const local = app.edge().local_methods().Find<Request, Response>(); local != nullptr)
      return CallLocal(app, *local, call, request, timeout);
    return Call(app, call, stub.operator->(), method, request, timeout);
  };
}

}  // namespace duijie::rpc
