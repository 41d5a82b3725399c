// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/match_service.h"

#include "common/documents/scratch_file.h"
#include "common/rpc/chunk_sender.h"
#include "services/matching/run_export.h"

namespace duijie::matching {
namespace {

constexpr std::string_view kMatchNeed = "duijie.v1.MatchService/MatchNeed";
constexpr std::string_view kMatchAchievement = "duijie.v1.MatchService/MatchAchievement";
constexpr std::string_view kScorePairs = "duijie.v1.MatchService/ScorePairs";

}  // namespace

MatchServiceImpl::MatchServiceImpl(Dependencies dependencies) : d_(std::move(dependencies)) {
  rpc::LocalMethods& methods = d_.edge.local_methods();
  methods.Offer<v1::MatchNeedRequest, v1::MatchNeedResponse>(
      {kMatchNeed, [this](rpc::CallContext& call, const v1::MatchNeedRequest& request) {
         return d_.records.MatchNeed(call, request);
       }});
  methods.Offer<v1::MatchAchievementRequest, v1::MatchAchievementResponse>(
      {kMatchAchievement, [this](rpc::CallContext& call, const v1::MatchAchievementRequest& request) {
         return Match(call, request);
       }});
  methods.Offer<v1::ScorePairsRequest, v1::ScorePairsResponse>(
      {kScorePairs, [this](rpc::CallContext& call, const v1::ScorePairsRequest& request) {
         return Score(call, request);
       }});
}

StatusOr<v1::MatchAchievementResponse> MatchServiceImpl::Match(
    rpc::CallContext& call, const v1::MatchAchievementRequest& request) const {
  call.set_audit_record(request.name());
  return d_.records.MatchAchievement(call, request);
}

StatusOr<v1::ScorePairsResponse> MatchServiceImpl::Score(rpc::CallContext& call,
                                                         const v1::ScorePairsRequest& request) const {
  call.set_audit_record(request.need());
  return d_.records.ScorePairs(call, request);
}

grpc::Status MatchServiceImpl::MatchNeed(grpc::ServerContext* context, const v1::MatchNeedRequest* request,
                                         v1::MatchNeedResponse* response) {
  return d_.edge.Unary(context, kMatchNeed, response,
                       [&](rpc::CallContext& call) { return d_.records.MatchNeed(call, *request); });
}

grpc::Status MatchServiceImpl::MatchAchievement(grpc::ServerContext* context,
                                                const v1::MatchAchievementRequest* request,
                                                v1::MatchAchievementResponse* response) {
  return d_.edge.Unary(context, kMatchAchievement, response,
                       [&](rpc::CallContext& call) { return Match(call, *request); });
}

grpc::Status MatchServiceImpl::ScorePairs(grpc::ServerContext* context, const v1::ScorePairsRequest* request,
                                          v1::ScorePairsResponse* response) {
  return d_.edge.Unary(context, kScorePairs, response,
                       [&](rpc::CallContext& call) { return Score(call, *request); });
}

grpc::Status MatchServiceImpl::CreateMatchRun(grpc::ServerContext* context,
                                              const v1::CreateMatchRunRequest* request,
                                              v1::CreateMatchRunResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/CreateMatchRun", response,
                       [&](rpc::CallContext& call) {
                         StatusOr<v1::CreateMatchRunResponse> created = d_.runs.Create(call, *request);
                         if (created.ok()) call.set_audit_record(created->match_run().name());
                         return created;
                       });
}

grpc::Status MatchServiceImpl::GetMatchRun(grpc::ServerContext* context,
                                           const v1::GetMatchRunRequest* request,
                                           v1::GetMatchRunResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/GetMatchRun", response,
                       [&](rpc::CallContext& call) { return d_.runs.Get(call, *request); });
}

grpc::Status MatchServiceImpl::ListMatchRuns(grpc::ServerContext* context,
                                             const v1::ListMatchRunsRequest* request,
                                             v1::ListMatchRunsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/ListMatchRuns", response,
                       [&](rpc::CallContext& call) { return d_.runs.List(call, *request); });
}

grpc::Status MatchServiceImpl::CancelMatchRun(grpc::ServerContext* context,
                                              const v1::CancelMatchRunRequest* request,
                                              v1::CancelMatchRunResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/CancelMatchRun", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->name());
                         return d_.runs.Cancel(call, *request);
                       });
}

grpc::Status MatchServiceImpl::ListMatchRunResults(grpc::ServerContext* context,
                                                   const v1::ListMatchRunResultsRequest* request,
                                                   v1::ListMatchRunResultsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/ListMatchRunResults", response,
                       [&](rpc::CallContext& call) { return d_.runs.ListResults(call, *request); });
}

grpc::Status MatchServiceImpl::CompareMatchRuns(grpc::ServerContext* context,
                                                const v1::CompareMatchRunsRequest* request,
                                                v1::CompareMatchRunsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/CompareMatchRuns", response,
                       [&](rpc::CallContext& call) { return d_.runs.Compare(call, *request); });
}

grpc::Status MatchServiceImpl::GetMatchModel(grpc::ServerContext* context,
                                             const v1::GetMatchModelRequest* request,
                                             v1::GetMatchModelResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/GetMatchModel", response,
                       [&](rpc::CallContext&) { return d_.records.GetModel(*request); });
}

grpc::Status MatchServiceImpl::DeleteMatchRun(grpc::ServerContext* context,
                                              const v1::DeleteMatchRunRequest* request,
                                              v1::DeleteMatchRunResponse*) {
  return d_.edge.Run(context, "duijie.v1.MatchService/DeleteMatchRun", [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return d_.runs.Delete(call, *request);
  });
}

grpc::Status MatchServiceImpl::WatchMatchRun(grpc::ServerContext* context,
                                             const v1::WatchMatchRunRequest* request,
                                             grpc::ServerWriter<v1::WatchMatchRunResponse>* writer) {
  return d_.edge.Run(context, "duijie.v1.MatchService/WatchMatchRun", [&](rpc::CallContext& call) {
    return d_.runs.Watch(call, request->name(), [&](const v1::MatchRun& run) {
      v1::WatchMatchRunResponse response;
      *response.mutable_match_run() = run;
      return writer->Write(response);
    });
  });
}

grpc::Status MatchServiceImpl::ExportMatchRun(grpc::ServerContext* context,
                                              const v1::ExportMatchRunRequest* request,
                                              grpc::ServerWriter<v1::ExportMatchRunResponse>* writer) {
  return d_.edge.Run(context, "duijie.v1.MatchService/ExportMatchRun", [&](rpc::CallContext& call) {
    call.set_audit_record(request->name());
    return Export(call, *request, writer);
  });
}

Status MatchServiceImpl::Export(const rpc::CallContext& call, const v1::ExportMatchRunRequest& request,
                                grpc::ServerWriter<v1::ExportMatchRunResponse>* writer) const {
  DUIJIE_ASSIGN_OR_RETURN(const internal::v1::StoredRun run, d_.runs.Visible(call, request.name()));
  DUIJIE_RETURN_IF_ERROR(CheckHasResults(run));
  const ScratchFile file(d_.export_folder);
  DUIJIE_RETURN_IF_ERROR(
      ExportRun(call, {d_.runs.results(), run, request.format(), file.path(), d_.export_folder}));
  return ReadInChunks(file.path(), rpc::ChunkSender(call, writer));
}

}  // namespace duijie::matching
