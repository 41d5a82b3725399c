// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/maturity_service.h"

#define METHOD(name) "duijie.v1.MaturityService/" name

namespace duijie::push {

grpc::Status MaturityServiceImpl::ListMaturitySchemes(grpc::ServerContext* context,
                                                      const v1::ListMaturitySchemesRequest* /*request*/,
                                                      v1::ListMaturitySchemesResponse* response) {
  return edge_.Unary(context, METHOD("ListMaturitySchemes"), response, [&](rpc::CallContext&) {
    return StatusOr<v1::ListMaturitySchemesResponse>(assessments_.ListSchemes());
  });
}

grpc::Status MaturityServiceImpl::CreateMaturityAssessment(grpc::ServerContext* context,
                                                           const v1::CreateMaturityAssessmentRequest* request,
                                                           v1::CreateMaturityAssessmentResponse* response) {
  return edge_.Unary(context, METHOD("CreateMaturityAssessment"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->maturity_assessment().achievement());
    auto created = assessments_.Create(call, *request);
    if (created.ok()) call.set_audit_record(created->maturity_assessment().name());
    return created;
  });
}

grpc::Status MaturityServiceImpl::GetMaturityAssessment(grpc::ServerContext* context,
                                                        const v1::GetMaturityAssessmentRequest* request,
                                                        v1::GetMaturityAssessmentResponse* response) {
  return edge_.Unary(context, METHOD("GetMaturityAssessment"), response,
                     [&](rpc::CallContext& call) { return assessments_.Get(call, *request); });
}

grpc::Status MaturityServiceImpl::ListMaturityAssessments(grpc::ServerContext* context,
                                                          const v1::ListMaturityAssessmentsRequest* request,
                                                          v1::ListMaturityAssessmentsResponse* response) {
  return edge_.Unary(context, METHOD("ListMaturityAssessments"), response,
                     [&](rpc::CallContext& call) { return assessments_.List(call, *request); });
}

grpc::Status MaturityServiceImpl::UpdateMaturityAssessment(grpc::ServerContext* context,
                                                           const v1::UpdateMaturityAssessmentRequest* request,
                                                           v1::UpdateMaturityAssessmentResponse* response) {
  return edge_.Unary(context, METHOD("UpdateMaturityAssessment"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->maturity_assessment().name());
    return assessments_.Update(call, *request);
  });
}

grpc::Status MaturityServiceImpl::CompleteMaturityAssessment(
    grpc::ServerContext* context, const v1::CompleteMaturityAssessmentRequest* request,
    v1::CompleteMaturityAssessmentResponse* response) {
  return edge_.Unary(context, METHOD("CompleteMaturityAssessment"), response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    auto done = assessments_.Complete(call, *request);
    if (done.ok() && done->maturity_assessment().state() == v1::MATURITY_ASSESSMENT_STATE_COMPLETING) wake_();
    return done;
  });
}

grpc::Status MaturityServiceImpl::ExportMaturityAssessment(grpc::ServerContext* context,
                                                           const v1::ExportMaturityAssessmentRequest* request,
                                                           v1::ExportMaturityAssessmentResponse* response) {
  return edge_.Unary(context, METHOD("ExportMaturityAssessment"), response,
                     [&](rpc::CallContext& call) { return assessments_.Export(call, *request); });
}

}  // namespace duijie::push

#undef METHOD
