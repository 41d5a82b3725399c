// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of letters.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/letter_service.grpc.pb.h"
#include "services/push/letters/letters.h"

namespace duijie::push {

class LetterServiceImpl final : public v1::LetterService::Service {
 public:
  // `owner` keeps everything else alive.
  LetterServiceImpl(rpc::Edge& edge, const Letters& letters, std::shared_ptr<void> owner)
      : edge_(edge), letters_(letters), owner_(std::move(owner)) {}

  grpc::Status ExportPushLetter(grpc::ServerContext* context, const v1::ExportPushLetterRequest* request,
                                v1::ExportPushLetterResponse* response) override {
    return edge_.Unary(context, "duijie.v1.LetterService/ExportPushLetter", response,
                       [&](rpc::CallContext& call) { return letters_.Export(call, *request); });
  }

 private:
  rpc::Edge& edge_;
  const Letters& letters_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::push
