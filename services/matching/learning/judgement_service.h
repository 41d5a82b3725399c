// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of judgements: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>

#include "common/rpc/edge.h"
#include "duijie/v1/judgement_service.grpc.pb.h"
#include "services/matching/learning/judgements.h"

namespace duijie::matching {

class JudgementServiceImpl final : public v1::JudgementService::Service {
 public:
  // `owner` keeps everything else alive.
  JudgementServiceImpl(rpc::Edge& edge, const Judgements& judgements, std::shared_ptr<void> owner)
      : edge_(edge), judgements_(judgements), owner_(std::move(owner)) {}

  grpc::Status CreateJudgement(grpc::ServerContext* context, const v1::CreateJudgementRequest* request,
                               v1::CreateJudgementResponse* response) override;
  grpc::Status BatchCreateJudgements(grpc::ServerContext* context,
                                     const v1::BatchCreateJudgementsRequest* request,
                                     v1::BatchCreateJudgementsResponse* response) override;
  grpc::Status GetJudgement(grpc::ServerContext* context, const v1::GetJudgementRequest* request,
                            v1::GetJudgementResponse* response) override;
  grpc::Status ListJudgements(grpc::ServerContext* context, const v1::ListJudgementsRequest* request,
                              v1::ListJudgementsResponse* response) override;
  grpc::Status GetScorecard(grpc::ServerContext* context, const v1::GetScorecardRequest* request,
                            v1::GetScorecardResponse* response) override;

 private:
  rpc::Edge& edge_;
  const Judgements& judgements_;
  const std::shared_ptr<void> owner_;
};

}  // namespace duijie::matching
