// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of models: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/model_service.grpc.pb.h"
#include "services/matching/learning/model_training.h"

namespace duijie::matching {

class ModelServiceImpl final : public v1::ModelService::Service {
 public:
  // `owner` keeps everything else alive.
  ModelServiceImpl(rpc::Edge& edge, ModelTraining& models, std::shared_ptr<void> owner)
      : edge_(edge), models_(models), owner_(std::move(owner)) {}

  grpc::Status TrainModel(grpc::ServerContext* context, const v1::TrainModelRequest* request,
                          v1::TrainModelResponse* response) override;
  grpc::Status GetModel(grpc::ServerContext* context, const v1::GetModelRequest* request,
                        v1::GetModelResponse* response) override;
  grpc::Status ListModels(grpc::ServerContext* context, const v1::ListModelsRequest* request,
                          v1::ListModelsResponse* response) override;
  grpc::Status PromoteModel(grpc::ServerContext* context, const v1::PromoteModelRequest* request,
                            v1::PromoteModelResponse* response) override;
  grpc::Status RollbackModel(grpc::ServerContext* context, const v1::RollbackModelRequest* request,
                             v1::RollbackModelResponse* response) override;
  grpc::Status DeleteModel(grpc::ServerContext* context, const v1::DeleteModelRequest* request,
                           v1::DeleteModelResponse* response) override;

 private:
  rpc::Edge& edge_;
  ModelTraining& models_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::matching
