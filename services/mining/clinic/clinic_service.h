// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of the clinic: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/clinic_service.grpc.pb.h"
#include "services/mining/clinic/clinic.h"

namespace duijie::mining {

class ClinicServiceImpl final : public v1::ClinicService::Service {
 public:
  ClinicServiceImpl(rpc::Edge& edge, std::shared_ptr<const Clinic> clinic)
      : edge_(edge), clinic_(std::move(clinic)) {}

  grpc::Status GetClinicQuestions(grpc::ServerContext* context, const v1::GetClinicQuestionsRequest* request,
                                  v1::GetClinicQuestionsResponse* response) override;
  grpc::Status AnswerClinicQuestion(grpc::ServerContext* context,
                                    const v1::AnswerClinicQuestionRequest* request,
                                    v1::AnswerClinicQuestionResponse* response) override;

 private:
  rpc::Edge& edge_;
  const std::shared_ptr<const Clinic> clinic_;
};

}  // namespace duijie::mining
