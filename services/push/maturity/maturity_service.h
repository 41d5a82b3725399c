// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of maturity assessment: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/maturity_service.grpc.pb.h"
#include "services/push/maturity/assessments.h"

namespace duijie::push {

class MaturityServiceImpl final : public v1::MaturityService::Service {
 public:
  // `wake` is called when something waits for the catalog. `owner` keeps everything else alive.
  MaturityServiceImpl(rpc::Edge& edge, Assessments& assessments, std::function<void()> wake,
                      std::shared_ptr<void> owner)
      : edge_(edge), assessments_(assessments), wake_(std::move(wake)), owner_(std::move(owner)) {}

  grpc::Status ListMaturitySchemes(grpc::ServerContext* context,
                                   const v1::ListMaturitySchemesRequest* request,
                                   v1::ListMaturitySchemesResponse* response) override;
  grpc::Status CreateMaturityAssessment(grpc::ServerContext* context,
                                        const v1::CreateMaturityAssessmentRequest* request,
                                        v1::CreateMaturityAssessmentResponse* response) override;
  grpc::Status GetMaturityAssessment(grpc::ServerContext* context,
                                     const v1::GetMaturityAssessmentRequest* request,
                                     v1::GetMaturityAssessmentResponse* response) override;
  grpc::Status ListMaturityAssessments(grpc::ServerContext* context,
                                       const v1::ListMaturityAssessmentsRequest* request,
                                       v1::ListMaturityAssessmentsResponse* response) override;
  grpc::Status UpdateMaturityAssessment(grpc::ServerContext* context,
                                        const v1::UpdateMaturityAssessmentRequest* request,
                                        v1::UpdateMaturityAssessmentResponse* response) override;
  grpc::Status CompleteMaturityAssessment(grpc::ServerContext* context,
                                          const v1::CompleteMaturityAssessmentRequest* request,
                                          v1::CompleteMaturityAssessmentResponse* response) override;
  grpc::Status ExportMaturityAssessment(grpc::ServerContext* context,
                                        const v1::ExportMaturityAssessmentRequest* request,
                                        v1::ExportMaturityAssessmentResponse* response) override;

 private:
  rpc::Edge& edge_;
  Assessments& assessments_;
  const std::function<void()> wake_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::push
