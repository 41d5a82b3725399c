// SPDX-License-Identifier: GPL-3.0-or-later
// The guard of every RPC. A handler is three lines of thought (validate, do, return); everything else happens
// here, once: request id, authentication, policy (deny by default), rate limit, deadline, audit, metrics, one
// access log line, and the translation of our Status into gRPC's. Thread-safe.
//
//   grpc::Status GetNeed(grpc::ServerContext* context, const v1::GetNeedRequest* request,
//   v1::GetNeedResponse* response) override {
//     return edge_.Unary(context, "duijie.v1.CatalogService/GetNeed", response,
//                        [&](rpc::CallContext& call) { return needs_.Get(call, *request); });
//   }
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <grpcpp/grpcpp.h>

#include "common/rpc/call_context.h"
#include "common/rpc/local_methods.h"

namespace duijie::rpc {

class Edge {
 public:
  virtual ~Edge() = default;

  // Runs `handler` for an authenticated and authorised call. Methods of duijie.internal.v1 need the cluster
  // secret, all others an API key (or, from a peer service, the cluster secret with the principal it acts
  // for).
  virtual grpc::Status Run(grpc::ServerContext* context, std::string_view method,
                           const std::function<Status(CallContext&)>& handler) = 0;

  // The same for a method that another role of this process calls while it works on `call`: for the
  // principal of that call, until its deadline or for `timeout`, whichever is sooner. The policy holds, rate
  // limits do not. An exception of the handler becomes INTERNAL.
  virtual Status RunLocal(std::string_view method, const CallContext& call, std::chrono::milliseconds timeout,
                          const std::function<Status(CallContext&)>& handler) = 0;

  // What roles of this process call directly. A service offers while its role is bound; see peer.h.
  LocalMethods& local_methods() { return local_methods_; }

  // For unary methods; handler: (CallContext&) -> StatusOr<Response>.
  template <typename Response, typename Handler>
  grpc::Status Unary(grpc::ServerContext* context, std::string_view method, Response* response,
                     Handler&& handler) {
    return Run(context, method, [&](CallContext& call) -> Status {
      StatusOr<Response> result = handler(call);
      if (!result.ok()) return result.status();
      *response = *std::move(result);
      return OkStatus();
    });
  }

 private:
  LocalMethods local_methods_;
};

// Our Status ⇄ gRPC's, with ErrorInfo, BadRequest and RetryInfo. INTERNAL and UNKNOWN lose their message on
// the way out.
grpc::Status ToGrpc(const Status& status);
Status FromGrpc(const grpc::Status& status);

}  // namespace duijie::rpc
