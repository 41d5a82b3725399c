// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of visits: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>
#include <string>

#include "common/rpc/edge.h"
#include "duijie/v1/visit_service.grpc.pb.h"
#include "services/mining/visits/visit_documents.h"
#include "services/mining/visits/visit_plans.h"
#include "services/mining/visits/visits.h"

namespace duijie::mining {

// Everything behind the edge.
struct VisitParts {
  VisitParts(std::shared_ptr<VisitContext> visit_context, std::string document_folder)
      : context(std::move(visit_context)),
        plans(*context),
        visits(*context),
        briefs(*context),
        documents(*context, briefs, std::move(document_folder)) {}

  const std::shared_ptr<VisitContext> context;
  VisitPlans plans;
  Visits visits;
  VisitBriefs briefs;
  VisitDocuments documents;
};

class VisitServiceImpl final : public v1::VisitService::Service {
 public:
  VisitServiceImpl(rpc::Edge& edge, std::unique_ptr<VisitParts> parts)
      : edge_(edge), parts_(std::move(parts)) {}

  grpc::Status CreateVisitPlan(grpc::ServerContext* context, const v1::CreateVisitPlanRequest* request,
                               v1::CreateVisitPlanResponse* response) override;
  grpc::Status GetVisitPlan(grpc::ServerContext* context, const v1::GetVisitPlanRequest* request,
                            v1::GetVisitPlanResponse* response) override;
  grpc::Status ListVisitPlans(grpc::ServerContext* context, const v1::ListVisitPlansRequest* request,
                              v1::ListVisitPlansResponse* response) override;
  grpc::Status UpdateVisitPlan(grpc::ServerContext* context, const v1::UpdateVisitPlanRequest* request,
                               v1::UpdateVisitPlanResponse* response) override;
  grpc::Status ProposeVisitPlan(grpc::ServerContext* context, const v1::ProposeVisitPlanRequest* request,
                                v1::ProposeVisitPlanResponse* response) override;
  grpc::Status TransitionVisitPlan(grpc::ServerContext* context,
                                   const v1::TransitionVisitPlanRequest* request,
                                   v1::TransitionVisitPlanResponse* response) override;
  grpc::Status CreateVisit(grpc::ServerContext* context, const v1::CreateVisitRequest* request,
                           v1::CreateVisitResponse* response) override;
  grpc::Status GetVisit(grpc::ServerContext* context, const v1::GetVisitRequest* request,
                        v1::GetVisitResponse* response) override;
  grpc::Status ListVisits(grpc::ServerContext* context, const v1::ListVisitsRequest* request,
                          v1::ListVisitsResponse* response) override;
  grpc::Status UpdateVisit(grpc::ServerContext* context, const v1::UpdateVisitRequest* request,
                           v1::UpdateVisitResponse* response) override;
  grpc::Status TransitionVisit(grpc::ServerContext* context, const v1::TransitionVisitRequest* request,
                               v1::TransitionVisitResponse* response) override;
  grpc::Status SignVisit(grpc::ServerContext* context, const v1::SignVisitRequest* request,
                         v1::SignVisitResponse* response) override;
  grpc::Status CreateVisitAttachment(grpc::ServerContext* context,
                                     const v1::CreateVisitAttachmentRequest* request,
                                     v1::CreateVisitAttachmentResponse* response) override;
  grpc::Status GetVisitAttachment(grpc::ServerContext* context, const v1::GetVisitAttachmentRequest* request,
                                  grpc::ServerWriter<v1::GetVisitAttachmentResponse>* writer) override;
  grpc::Status DeleteVisitAttachment(grpc::ServerContext* context,
                                     const v1::DeleteVisitAttachmentRequest* request,
                                     v1::DeleteVisitAttachmentResponse* response) override;
  grpc::Status GetVisitBrief(grpc::ServerContext* context, const v1::GetVisitBriefRequest* request,
                             v1::GetVisitBriefResponse* response) override;
  grpc::Status GetVisitLedger(grpc::ServerContext* context, const v1::GetVisitLedgerRequest* request,
                              v1::GetVisitLedgerResponse* response) override;
  grpc::Status ExportVisitDocument(grpc::ServerContext* context,
                                   const v1::ExportVisitDocumentRequest* request,
                                   grpc::ServerWriter<v1::ExportVisitDocumentResponse>* writer) override;

 private:
  rpc::Edge& edge_;
  const std::unique_ptr<VisitParts> parts_;
};

}  // namespace duijie::mining
