// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of secondary processing: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/processing_service.grpc.pb.h"
#include "services/push/processing/processings.h"

namespace duijie::push {

class ProcessingServiceImpl final : public v1::ProcessingService::Service {
 public:
  // `wake` is called when something waits for the catalog. `owner` keeps everything else alive.
  ProcessingServiceImpl(rpc::Edge& edge, Processings& processings, std::function<void()> wake,
                        std::shared_ptr<void> owner)
      : edge_(edge), processings_(processings), wake_(std::move(wake)), owner_(std::move(owner)) {}

  grpc::Status CreateProcessing(grpc::ServerContext* context, const v1::CreateProcessingRequest* request,
                                v1::CreateProcessingResponse* response) override;
  grpc::Status GetProcessing(grpc::ServerContext* context, const v1::GetProcessingRequest* request,
                             v1::GetProcessingResponse* response) override;
  grpc::Status ListProcessings(grpc::ServerContext* context, const v1::ListProcessingsRequest* request,
                               v1::ListProcessingsResponse* response) override;
  grpc::Status UpdateProcessing(grpc::ServerContext* context, const v1::UpdateProcessingRequest* request,
                                v1::UpdateProcessingResponse* response) override;
  grpc::Status SubmitProcessing(grpc::ServerContext* context, const v1::SubmitProcessingRequest* request,
                                v1::SubmitProcessingResponse* response) override;
  grpc::Status ReturnProcessing(grpc::ServerContext* context, const v1::ReturnProcessingRequest* request,
                                v1::ReturnProcessingResponse* response) override;
  grpc::Status SignProcessing(grpc::ServerContext* context, const v1::SignProcessingRequest* request,
                              v1::SignProcessingResponse* response) override;
  grpc::Status RevertProcessing(grpc::ServerContext* context, const v1::RevertProcessingRequest* request,
                                v1::RevertProcessingResponse* response) override;
  grpc::Status DiffProcessing(grpc::ServerContext* context, const v1::DiffProcessingRequest* request,
                              v1::DiffProcessingResponse* response) override;
  grpc::Status ExportProcessing(grpc::ServerContext* context, const v1::ExportProcessingRequest* request,
                                v1::ExportProcessingResponse* response) override;

 private:
  rpc::Edge& edge_;
  Processings& processings_;
  const std::function<void()> wake_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::push
