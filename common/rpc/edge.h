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

namespace duijie::rpc {

class Edge {
 public:
  virtual ~Edge() = default;

  // Runs `handler` for an authenticated and authorised call. Methods of duijie.internal.v1 need the cluster
  // secret, all others an API key (or, from a peer service, the cluster secret with the principal it acts
  // for).
  virtual grpc::Status Run(grpc::ServerContext* context, std::string_view method,
                           const std::function<Status(CallContext&)>& handler) = 0;

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
};

// Our Status ⇄ gRPC's, with ErrorInfo, BadRequest and RetryInfo. INTERNAL and UNKNOWN lose their message on
// the way out.
grpc::Status ToGrpc(const Status& status);
Status FromGrpc(const grpc::Status& status);

}  // namespace duijie::rpc
