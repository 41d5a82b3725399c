// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of diagnoses: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/diagnosis_service.grpc.pb.h"
#include "services/mining/clinic/diagnoses.h"

namespace duijie::mining {

class DiagnosisServiceImpl final : public v1::DiagnosisService::Service {
 public:
  DiagnosisServiceImpl(rpc::Edge& edge, std::shared_ptr<const Diagnoses> diagnoses)
      : edge_(edge), diagnoses_(std::move(diagnoses)) {}

  grpc::Status AssessNeed(grpc::ServerContext* context, const v1::AssessNeedRequest* request,
                          v1::AssessNeedResponse* response) override;
  grpc::Status GetNeedDiagnosis(grpc::ServerContext* context, const v1::GetNeedDiagnosisRequest* request,
                                v1::GetNeedDiagnosisResponse* response) override;
  grpc::Status ListNeedDiagnoses(grpc::ServerContext* context, const v1::ListNeedDiagnosesRequest* request,
                                 v1::ListNeedDiagnosesResponse* response) override;
  grpc::Status ExportNeedDiagnosis(grpc::ServerContext* context,
                                   const v1::ExportNeedDiagnosisRequest* request,
                                   v1::ExportNeedDiagnosisResponse* response) override;
  grpc::Status ExportNeedSummary(grpc::ServerContext* context, const v1::ExportNeedSummaryRequest* request,
                                 v1::ExportNeedSummaryResponse* response) override;

 private:
  rpc::Edge& edge_;
  const std::shared_ptr<const Diagnoses> diagnoses_;
};

}  // namespace duijie::mining
