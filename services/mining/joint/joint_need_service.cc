// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/joint/joint_need_service.h"

namespace duijie::mining {

grpc::Status JointNeedServiceImpl::FindCommonProblems(grpc::ServerContext* context,
                                                      const v1::FindCommonProblemsRequest* request,
                                                      v1::FindCommonProblemsResponse* response) {
  return edge_.Unary(context, "duijie.v1.JointNeedService/FindCommonProblems", response,
                     [&](rpc::CallContext& call) { return needs_.Find(call, *request); });
}

grpc::Status JointNeedServiceImpl::CreateJointNeed(grpc::ServerContext* context,
                                                   const v1::CreateJointNeedRequest* request,
                                                   v1::CreateJointNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.JointNeedService/CreateJointNeed", response,
                     [&](rpc::CallContext& call) {
                       auto created = needs_.Create(call, *request);
                       if (created.ok()) call.set_audit_record(created->joint_need().name());
                       return created;
                     });
}

grpc::Status JointNeedServiceImpl::GetJointNeed(grpc::ServerContext* context,
                                                const v1::GetJointNeedRequest* request,
                                                v1::GetJointNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.JointNeedService/GetJointNeed", response,
                     [&](rpc::CallContext& call) { return needs_.Get(call, *request); });
}

grpc::Status JointNeedServiceImpl::ListJointNeeds(grpc::ServerContext* context,
                                                  const v1::ListJointNeedsRequest* request,
                                                  v1::ListJointNeedsResponse* response) {
  return edge_.Unary(context, "duijie.v1.JointNeedService/ListJointNeeds", response,
                     [&](rpc::CallContext& call) { return needs_.List(call, *request); });
}

grpc::Status JointNeedServiceImpl::AnswerJointNeed(grpc::ServerContext* context,
                                                   const v1::AnswerJointNeedRequest* request,
                                                   v1::AnswerJointNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.JointNeedService/AnswerJointNeed", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return needs_.Answer(call, *request);
                     });
}

grpc::Status JointNeedServiceImpl::TransitionJointNeed(grpc::ServerContext* context,
                                                       const v1::TransitionJointNeedRequest* request,
                                                       v1::TransitionJointNeedResponse* response) {
  return edge_.Unary(context, "duijie.v1.JointNeedService/TransitionJointNeed", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->name());
                       return needs_.Transition(call, *request);
                     });
}

}  // namespace duijie::mining
