// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of joint needs: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/joint_need_service.grpc.pb.h"
#include "services/mining/joint/joint_needs.h"

namespace duijie::mining {

class JointNeedServiceImpl final : public v1::JointNeedService::Service {
 public:
  // `owner` keeps everything else alive.
  JointNeedServiceImpl(rpc::Edge& edge, JointNeeds& needs, std::shared_ptr<void> owner)
      : edge_(edge), needs_(needs), owner_(std::move(owner)) {}

  grpc::Status FindCommonProblems(grpc::ServerContext* context, const v1::FindCommonProblemsRequest* request,
                                  v1::FindCommonProblemsResponse* response) override;
  grpc::Status CreateJointNeed(grpc::ServerContext* context, const v1::CreateJointNeedRequest* request,
                               v1::CreateJointNeedResponse* response) override;
  grpc::Status GetJointNeed(grpc::ServerContext* context, const v1::GetJointNeedRequest* request,
                            v1::GetJointNeedResponse* response) override;
  grpc::Status ListJointNeeds(grpc::ServerContext* context, const v1::ListJointNeedsRequest* request,
                              v1::ListJointNeedsResponse* response) override;
  grpc::Status AnswerJointNeed(grpc::ServerContext* context, const v1::AnswerJointNeedRequest* request,
                               v1::AnswerJointNeedResponse* response) override;
  grpc::Status TransitionJointNeed(grpc::ServerContext* context,
                                   const v1::TransitionJointNeedRequest* request,
                                   v1::TransitionJointNeedResponse* response) override;

 private:
  rpc::Edge& edge_;
  JointNeeds& needs_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::mining
