// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/judgement_service.h"

namespace duijie::matching {

grpc::Status JudgementServiceImpl::CreateJudgement(grpc::ServerContext* context,
                                                   const v1::CreateJudgementRequest* request,
                                                   v1::CreateJudgementResponse* response) {
  return edge_.Unary(context, "duijie.v1.JudgementService/CreateJudgement", response,
                     [&](rpc::CallContext& call) {
                       call.set_audit_record(request->judgement().need());
                       auto created = judgements_.Create(call, *request);
                       if (created.ok()) call.set_audit_record(created->judgement().name());
                       return created;
                     });
}

grpc::Status JudgementServiceImpl::BatchCreateJudgements(grpc::ServerContext* context,
                                                         const v1::BatchCreateJudgementsRequest* request,
                                                         v1::BatchCreateJudgementsResponse* response) {
  return edge_.Unary(context, "duijie.v1.JudgementService/BatchCreateJudgements", response,
                     [&](rpc::CallContext& call) {
                       auto created = judgements_.CreateBatch(call, *request);
                       // The first; the others of the batch follow it by number.
                       if (created.ok()) call.set_audit_record(created->judgements(0).name());
                       return created;
                     });
}

grpc::Status JudgementServiceImpl::GetJudgement(grpc::ServerContext* context,
                                                const v1::GetJudgementRequest* request,
                                                v1::GetJudgementResponse* response) {
  return edge_.Unary(context, "duijie.v1.JudgementService/GetJudgement", response,
                     [&](rpc::CallContext& call) { return judgements_.Get(call, *request); });
}

grpc::Status JudgementServiceImpl::ListJudgements(grpc::ServerContext* context,
                                                  const v1::ListJudgementsRequest* request,
                                                  v1::ListJudgementsResponse* response) {
  return edge_.Unary(context, "duijie.v1.JudgementService/ListJudgements", response,
                     [&](rpc::CallContext& call) { return judgements_.List(call, *request); });
}

grpc::Status JudgementServiceImpl::GetScorecard(grpc::ServerContext* context,
                                                const v1::GetScorecardRequest* request,
                                                v1::GetScorecardResponse* response) {
  return edge_.Unary(context, "duijie.v1.JudgementService/GetScorecard", response,
                     [&](rpc::CallContext& call) { return judgements_.GetScorecard(call, *request); });
}

}  // namespace duijie::matching
