// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/clinic_service.h"

namespace duijie::mining {

grpc::Status ClinicServiceImpl::GetClinicQuestions(grpc::ServerContext* context,
                                                   const v1::GetClinicQuestionsRequest* request,
                                                   v1::GetClinicQuestionsResponse* response) {
  return edge_.Unary(context, "duijie.v1.ClinicService/GetClinicQuestions", response,
                     [&](rpc::CallContext& call) { return clinic_->Ask(call, *request); });
}

grpc::Status ClinicServiceImpl::AnswerClinicQuestion(grpc::ServerContext* context,
                                                     const v1::AnswerClinicQuestionRequest* request,
                                                     v1::AnswerClinicQuestionResponse* response) {
  return edge_.Unary(context, "duijie.v1.ClinicService/AnswerClinicQuestion", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->need());
                       return clinic_->Answer(call, *request);
                     });
}

}  // namespace duijie::mining
