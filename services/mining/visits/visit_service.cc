// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_service.h"

#include "common/documents/scratch_file.h"
#include "common/rpc/chunk_sender.h"

namespace duijie::mining {
grpc::Status VisitServiceImpl::CreateVisitPlan(grpc::ServerContext* context,
                                               const v1::CreateVisitPlanRequest* request,
                                               v1::CreateVisitPlanResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/CreateVisitPlan", response,
                     [&](rpc::CallContext& call) {
                       auto created = parts_->plans.Create(call, *request);
                       if (created.ok()) call.set_audit_record(created->visit_plan().name());
                       return created;
                     });
}

grpc::Status VisitServiceImpl::GetVisitPlan(grpc::ServerContext* context,
                                            const v1::GetVisitPlanRequest* request,
                                            v1::GetVisitPlanResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/GetVisitPlan", response,
                     [&](rpc::CallContext& call) { return parts_->plans.Get(call, *request); });
}

grpc::Status VisitServiceImpl::ListVisitPlans(grpc::ServerContext* context,
                                              const v1::ListVisitPlansRequest* request,
                                              v1::ListVisitPlansResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/ListVisitPlans", response,
                     [&](rpc::CallContext& call) { return parts_->plans.List(call, *request); });
}

grpc::Status VisitServiceImpl::UpdateVisitPlan(grpc::ServerContext* context,
                                               const v1::UpdateVisitPlanRequest* request,
                                               v1::UpdateVisitPlanResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/UpdateVisitPlan", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->visit_plan().name());
                       return parts_->plans.Update(call, *request);
                     });
}

grpc::Status VisitServiceImpl::ProposeVisitPlan(grpc::ServerContext* context,
                                                const v1::ProposeVisitPlanRequest* request,
                                                v1::ProposeVisitPlanResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/ProposeVisitPlan", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return parts_->plans.Propose(call, *request);
                     });
}

grpc::Status VisitServiceImpl::TransitionVisitPlan(grpc::ServerContext* context,
                                                   const v1::TransitionVisitPlanRequest* request,
                                                   v1::TransitionVisitPlanResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/TransitionVisitPlan", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return parts_->plans.Transition(call, *request);
                     });
}

grpc::Status VisitServiceImpl::CreateVisit(grpc::ServerContext* context,
                                           const v1::CreateVisitRequest* request,
                                           v1::CreateVisitResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/CreateVisit", response, [&](rpc::CallContext& call) {
    auto created = parts_->visits.Create(call, *request);
    if (created.ok()) call.set_audit_record(created->visit().name());
    return created;
  });
}

grpc::Status VisitServiceImpl::GetVisit(grpc::ServerContext* context, const v1::GetVisitRequest* request,
                                        v1::GetVisitResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/GetVisit", response,
                     [&](rpc::CallContext& call) { return parts_->visits.Get(call, *request); });
}

grpc::Status VisitServiceImpl::ListVisits(grpc::ServerContext* context, const v1::ListVisitsRequest* request,
                                          v1::ListVisitsResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/ListVisits", response,
                     [&](rpc::CallContext& call) { return parts_->visits.List(call, *request); });
}

grpc::Status VisitServiceImpl::UpdateVisit(grpc::ServerContext* context,
                                           const v1::UpdateVisitRequest* request,
                                           v1::UpdateVisitResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/UpdateVisit", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->visit().name());
    return parts_->visits.Update(call, *request);
  });
}

grpc::Status VisitServiceImpl::TransitionVisit(grpc::ServerContext* context,
                                               const v1::TransitionVisitRequest* request,
                                               v1::TransitionVisitResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/TransitionVisit", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return parts_->visits.Transition(call, *request);
                     });
}

grpc::Status VisitServiceImpl::SignVisit(grpc::ServerContext* context, const v1::SignVisitRequest* request,
                                         v1::SignVisitResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/SignVisit", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return parts_->visits.Sign(call, *request);
  });
}

grpc::Status VisitServiceImpl::CreateVisitAttachment(grpc::ServerContext* context,
                                                     const v1::CreateVisitAttachmentRequest* request,
                                                     v1::CreateVisitAttachmentResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/CreateVisitAttachment", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->parent());
                       return parts_->visits.Attach(call, *request);
                     });
}

grpc::Status VisitServiceImpl::GetVisitAttachment(
    grpc::ServerContext* context, const v1::GetVisitAttachmentRequest* request,
    grpc::ServerWriter<v1::GetVisitAttachmentResponse>* writer) {
  return edge_.Run(
      context, "duijie.v1.VisitService/GetVisitAttachment", [&](rpc::CallContext& call) -> Status {
        DUIJIE_ASSIGN_OR_RETURN(const std::string bytes, parts_->visits.ReadAttachment(call, *request));
        return PassInChunks(bytes, rpc::ChunkSender(call, writer));
      });
}

grpc::Status VisitServiceImpl::DeleteVisitAttachment(grpc::ServerContext* context,
                                                     const v1::DeleteVisitAttachmentRequest* request,
                                                     v1::DeleteVisitAttachmentResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/DeleteVisitAttachment", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return parts_->visits.Detach(call, *request);
                     });
}

grpc::Status VisitServiceImpl::GetVisitBrief(grpc::ServerContext* context,
                                             const v1::GetVisitBriefRequest* request,
                                             v1::GetVisitBriefResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/GetVisitBrief", response,
                     [&](rpc::CallContext& call) -> StatusOr<v1::GetVisitBriefResponse> {
                       v1::GetVisitBriefResponse made;
                       DUIJIE_ASSIGN_OR_RETURN(*made.mutable_brief(),
                                               parts_->briefs.Make(call, request->name()));
                       return made;
                     });
}

grpc::Status VisitServiceImpl::GetVisitLedger(grpc::ServerContext* context,
                                              const v1::GetVisitLedgerRequest* request,
                                              v1::GetVisitLedgerResponse* response) {
  return edge_.Unary(context, "duijie.v1.VisitService/GetVisitLedger", response,
                     [&](rpc::CallContext& call) { return parts_->documents.Ledger(call, *request); });
}

grpc::Status VisitServiceImpl::ExportVisitDocument(
    grpc::ServerContext* context, const v1::ExportVisitDocumentRequest* request,
    grpc::ServerWriter<v1::ExportVisitDocumentResponse>* writer) {
  return edge_.Run(
      context, "duijie.v1.VisitService/ExportVisitDocument", [&](rpc::CallContext& call) -> Status {
        DUIJIE_ASSIGN_OR_RETURN(const std::string bytes, parts_->documents.Export(call, *request));
        return PassInChunks(bytes, rpc::ChunkSender(call, writer));
      });
}

}  // namespace duijie::mining
