// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/model_service.h"

namespace duijie::matching {

grpc::Status ModelServiceImpl::TrainModel(grpc::ServerContext* context, const v1::TrainModelRequest* request,
                                          v1::TrainModelResponse* response) {
  return edge_.Unary(context, "duijie.v1.ModelService/TrainModel", response, [&](rpc::CallContext& call) {
    auto trained = models_.Train(call, *request);
    if (trained.ok()) call.set_audit_record(trained->model().name());
    return trained;
  });
}

grpc::Status ModelServiceImpl::GetModel(grpc::ServerContext* context, const v1::GetModelRequest* request,
                                        v1::GetModelResponse* response) {
  return edge_.Unary(context, "duijie.v1.ModelService/GetModel", response,
                     [&](rpc::CallContext&) { return models_.Get(*request); });
}

grpc::Status ModelServiceImpl::ListModels(grpc::ServerContext* context, const v1::ListModelsRequest* request,
                                          v1::ListModelsResponse* response) {
  return edge_.Unary(context, "duijie.v1.ModelService/ListModels", response,
                     [&](rpc::CallContext& call) { return models_.List(call, *request); });
}

grpc::Status ModelServiceImpl::PromoteModel(grpc::ServerContext* context,
                                            const v1::PromoteModelRequest* request,
                                            v1::PromoteModelResponse* response) {
  return edge_.Unary(context, "duijie.v1.ModelService/PromoteModel", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name() + (request->force() ? " force" : ""));
    return models_.Promote(call, *request);
  });
}

grpc::Status ModelServiceImpl::RollbackModel(grpc::ServerContext* context, const v1::RollbackModelRequest*,
                                             v1::RollbackModelResponse* response) {
  return edge_.Unary(context, "duijie.v1.ModelService/RollbackModel", response, [&](rpc::CallContext& call) {
    auto rolled_back = models_.Rollback();
    if (rolled_back.ok()) call.set_audit_record(rolled_back->model().name());
    return rolled_back;
  });
}

grpc::Status ModelServiceImpl::DeleteModel(grpc::ServerContext* context,
                                           const v1::DeleteModelRequest* request, v1::DeleteModelResponse*) {
  return edge_.Run(context, "duijie.v1.ModelService/DeleteModel", [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return models_.Delete(*request);
  });
}

}  // namespace duijie::matching
