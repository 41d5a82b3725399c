// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/match_service.h"

#include <atomic>
#include <filesystem>
#include <fstream>

#include "services/matching/run_export.h"

namespace duijie::matching {
namespace {

// A file of the export folder that disappears with the export, however it ends.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& folder) {
    static std::atomic<uint64_t> next{0};
    path_ = folder + "/export-" + std::to_string(next++);
  }
  ~ScratchFile() {
    std::error_code ignored;  // what stays is removed at the next start
    std::filesystem::remove(path_, ignored);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

Status ReadFailed() { return Error(StatusCode::kInternal, "INTERNAL", "the export could not be read back"); }

}  // namespace

grpc::Status MatchServiceImpl::MatchNeed(grpc::ServerContext* context, const v1::MatchNeedRequest* request,
                                         v1::MatchNeedResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/MatchNeed", response,
                       [&](rpc::CallContext& call) { return d_.records.MatchNeed(call, *request); });
}

grpc::Status MatchServiceImpl::MatchAchievement(grpc::ServerContext* context,
                                                const v1::MatchAchievementRequest* request,
                                                v1::MatchAchievementResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/MatchAchievement", response,
                       [&](rpc::CallContext& call) {
                         call.set_audit_record(request->name());
                         return d_.records.MatchAchievement(call, *request);
                       });
}

grpc::Status MatchServiceImpl::ScorePairs(grpc::ServerContext* context, const v1::ScorePairsRequest* request,
                                          v1::ScorePairsResponse* response) {
  return d_.edge.Unary(context, "duijie.v1.MatchService/ScorePairs", response, [&](rpc::CallContext& call) {
    call.set_audit_record(request->need());
    return d_.records.ScorePairs(call, *request);
  });
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
  std::ifstream in(file.path(), std::ios::binary);
  if (!in) return ReadFailed();
  std::string chunk(kExportChunkBytes, '\0');
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    v1::ExportMatchRunResponse response;
    response.set_chunk(chunk.data(), static_cast<size_t>(in.gcount()));
    if (!writer->Write(response)) return call.CheckAlive();
  }
  return in.eof() ? OkStatus() : ReadFailed();
}

}  // namespace duijie::matching
