// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/diagnosis_service.h"

namespace duijie::mining {

grpc::Status DiagnosisServiceImpl::AssessNeed(grpc::ServerContext* context,
                                              const v1::AssessNeedRequest* request,
                                              v1::AssessNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.DiagnosisService/AssessNeed", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->need());
    return diagnoses_->Assess(call, *request);
  });
}

grpc::Status DiagnosisServiceImpl::GetNeedDiagnosis(grpc::ServerContext* context,
                                                    const v1::GetNeedDiagnosisRequest* request,
                                                    v1::GetNeedDiagnosisResponse* response) {
  return edge_.Unary(context, "duijie.v1.DiagnosisService/GetNeedDiagnosis", response,
                     [&](rpc::CallContext& call) { return diagnoses_->Get(call, *request); });
}

grpc::Status DiagnosisServiceImpl::ListNeedDiagnoses(grpc::ServerContext* context,
                                                     const v1::ListNeedDiagnosesRequest* request,
                                                     v1::ListNeedDiagnosesResponse* response) {
  return edge_.Unary(context, "duijie.v1.DiagnosisService/ListNeedDiagnoses", response,
                     [&](rpc::CallContext& call) { return diagnoses_->List(call, *request); });
}

grpc::Status DiagnosisServiceImpl::ExportNeedDiagnosis(grpc::ServerContext* context,
                                                       const v1::ExportNeedDiagnosisRequest* request,
                                                       v1::ExportNeedDiagnosisResponse* response) {
  return edge_.Unary(context, "duijie.v1.DiagnosisService/ExportNeedDiagnosis", response,
                     [&](rpc::CallContext& call) { return diagnoses_->Render(call, *request); });
}

grpc::Status DiagnosisServiceImpl::ExportNeedSummary(grpc::ServerContext* context,
                                                     const v1::ExportNeedSummaryRequest* request,
                                                     v1::ExportNeedSummaryResponse* response) {
  return edge_.Unary(context, "duijie.v1.DiagnosisService/ExportNeedSummary", response,
                     [&](rpc::CallContext& call) { return diagnoses_->Summarize(call, *request); });
}

}  // namespace duijie::mining
