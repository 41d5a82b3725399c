// SPDX-License-Identifier: GPL-3.0-or-later
// The RPC edge of matching: each method asks the edge, the use case, and nothing else.
#pragma once

#include <memory>
#include <string>

#include "common/rpc/edge.h"
#include "duijie/v1/match_service.grpc.pb.h"
#include "services/matching/match_records.h"
#include "services/matching/match_runs.h"

namespace duijie::matching {

class MatchServiceImpl final : public v1::MatchService::Service {
 public:
  // `owner` keeps everything else alive. `export_folder` exists and is writable. Roles of this process may
  // match records directly.
  struct Dependencies {
    rpc::Edge& edge;
    const MatchRecords& records;
    MatchRuns& runs;
    std::string export_folder;
    std::shared_ptr<void> owner;
  };
  explicit MatchServiceImpl(Dependencies dependencies);

  grpc::Status MatchNeed(grpc::ServerContext* context, const v1::MatchNeedRequest* request,
                         v1::MatchNeedResponse* response) override;
  grpc::Status MatchAchievement(grpc::ServerContext* context, const v1::MatchAchievementRequest* request,
                                v1::MatchAchievementResponse* response) override;
  grpc::Status ScorePairs(grpc::ServerContext* context, const v1::ScorePairsRequest* request,
                          v1::ScorePairsResponse* response) override;
  grpc::Status CreateMatchRun(grpc::ServerContext* context, const v1::CreateMatchRunRequest* request,
                              v1::CreateMatchRunResponse* response) override;
  grpc::Status GetMatchRun(grpc::ServerContext* context, const v1::GetMatchRunRequest* request,
                           v1::GetMatchRunResponse* response) override;
  grpc::Status ListMatchRuns(grpc::ServerContext* context, const v1::ListMatchRunsRequest* request,
                             v1::ListMatchRunsResponse* response) override;
  grpc::Status WatchMatchRun(grpc::ServerContext* context, const v1::WatchMatchRunRequest* request,
                             grpc::ServerWriter<v1::WatchMatchRunResponse>* writer) override;
  grpc::Status CancelMatchRun(grpc::ServerContext* context, const v1::CancelMatchRunRequest* request,
                              v1::CancelMatchRunResponse* response) override;
  grpc::Status DeleteMatchRun(grpc::ServerContext* context, const v1::DeleteMatchRunRequest* request,
                              v1::DeleteMatchRunResponse* response) override;
  grpc::Status ListMatchRunResults(grpc::ServerContext* context,
                                   const v1::ListMatchRunResultsRequest* request,
                                   v1::ListMatchRunResultsResponse* response) override;
  grpc::Status ExportMatchRun(grpc::ServerContext* context, const v1::ExportMatchRunRequest* request,
                              grpc::ServerWriter<v1::ExportMatchRunResponse>* writer) override;
  grpc::Status CompareMatchRuns(grpc::ServerContext* context, const v1::CompareMatchRunsRequest* request,
                                v1::CompareMatchRunsResponse* response) override;
  grpc::Status GetMatchModel(grpc::ServerContext* context, const v1::GetMatchModelRequest* request,
                             v1::GetMatchModelResponse* response) override;

 private:
  StatusOr<v1::MatchAchievementResponse> Match(rpc::CallContext& call,
                                               const v1::MatchAchievementRequest& request) const;
  StatusOr<v1::ScorePairsResponse> Score(rpc::CallContext& call, const v1::ScorePairsRequest& request) const;
  Status Export(const rpc::CallContext& call, const v1::ExportMatchRunRequest& request,
                grpc::ServerWriter<v1::ExportMatchRunResponse>* writer) const;

  Dependencies d_;
};

}  // namespace duijie::matching
