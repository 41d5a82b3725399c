// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_service.h"

#define METHOD(name) "duijie.v1.ProcessingService/" name

namespace duijie::push {

grpc::Status ProcessingServiceImpl::CreateProcessing(grpc::ServerContext* context,
                                                     const v1::CreateProcessingRequest* request,
                                                     v1::CreateProcessingResponse* response) {
  return edge_.Unary(context, METHOD("CreateProcessing"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->processing().achievement());
    auto created = processings_.Create(call, *request);
    if (created.ok()) call.set_audit_record(created->processing().name());
    return created;
  });
}

grpc::Status ProcessingServiceImpl::GetProcessing(grpc::ServerContext* context,
                                                  const v1::GetProcessingRequest* request,
                                                  v1::GetProcessingResponse* response) {
  return edge_.Unary(context, METHOD("GetProcessing"), response,
                     [&](rpc::CallContext& call) { return processings_.Get(call, *request); });
}

grpc::Status ProcessingServiceImpl::ListProcessings(grpc::ServerContext* context,
                                                    const v1::ListProcessingsRequest* request,
                                                    v1::ListProcessingsResponse* response) {
  return edge_.Unary(context, METHOD("ListProcessings"), response,
                     [&](rpc::CallContext& call) { return processings_.List(call, *request); });
}

grpc::Status ProcessingServiceImpl::UpdateProcessing(grpc::ServerContext* context,
                                                     const v1::UpdateProcessingRequest* request,
                                                     v1::UpdateProcessingResponse* response) {
  return edge_.Unary(context, METHOD("UpdateProcessing"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->processing().name());
    return processings_.Update(call, *request);
  });
}

grpc::Status ProcessingServiceImpl::SubmitProcessing(grpc::ServerContext* context,
                                                     const v1::SubmitProcessingRequest* request,
                                                     v1::SubmitProcessingResponse* response) {
  return edge_.Unary(context, METHOD("SubmitProcessing"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return processings_.Submit(call, *request);
  });
}

grpc::Status ProcessingServiceImpl::ReturnProcessing(grpc::ServerContext* context,
                                                     const v1::ReturnProcessingRequest* request,
                                                     v1::ReturnProcessingResponse* response) {
  return edge_.Unary(context, METHOD("ReturnProcessing"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return processings_.Return(call, *request);
  });
}

grpc::Status ProcessingServiceImpl::SignProcessing(grpc::ServerContext* context,
                                                   const v1::SignProcessingRequest* request,
                                                   v1::SignProcessingResponse* response) {
  return edge_.Unary(context, METHOD("SignProcessing"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    auto done = processings_.Sign(call, *request);
    if (done.ok() && done->processing().state() == v1::PROCESSING_STATE_SIGNING) wake_();
    return done;
  });
}

grpc::Status ProcessingServiceImpl::RevertProcessing(grpc::ServerContext* context,
                                                     const v1::RevertProcessingRequest* request,
                                                     v1::RevertProcessingResponse* response) {
  return edge_.Unary(context, METHOD("RevertProcessing"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    auto done = processings_.Revert(call, *request);
    if (done.ok() && done->processing().state() == v1::PROCESSING_STATE_REVERTING) wake_();
    return done;
  });
}

grpc::Status ProcessingServiceImpl::DiffProcessing(grpc::ServerContext* context,
                                                   const v1::DiffProcessingRequest* request,
                                                   v1::DiffProcessingResponse* response) {
  return edge_.Unary(context, METHOD("DiffProcessing"), response,
                     [&](rpc::CallContext& call) { return processings_.Diff(call, *request); });
}

grpc::Status ProcessingServiceImpl::ExportProcessing(grpc::ServerContext* context,
                                                     const v1::ExportProcessingRequest* request,
                                                     v1::ExportProcessingResponse* response) {
  return edge_.Unary(context, METHOD("ExportProcessing"), response,
                     [&](rpc::CallContext& call) { return processings_.Export(call, *request); });
}

}  // namespace duijie::push

#undef METHOD
