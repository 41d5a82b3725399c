// SPDX-License-Identifier: GPL-3.0-or-later
// Sends a document as a stream of responses with a field `chunk`: what ReadInChunks takes.
#pragma once

#include <grpcpp/grpcpp.h>

#include <string>

#include "common/rpc/call_context.h"

namespace duijie::rpc {

// CANCELLED or DEADLINE_EXCEEDED CALLER_GONE once nobody reads any more. `call` and `writer` outlive it.
template <typename Response>
auto ChunkSender(const CallContext& call, grpc::ServerWriter<Response>* writer) {
  return [&call, writer](std::string chunk) -> Status {
    Response response;
    response.set_chunk(std::move(chunk));
    if (writer->Write(response)) return OkStatus();
    DUIJIE_RETURN_IF_ERROR(call.CheckAlive());
    return Error(StatusCode::kCancelled, "CALLER_GONE", "the caller went away");
  };
}

}  // namespace duijie::rpc
