// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/records.h"

#include <stdexcept>

#include "tests/support/paths.h"

namespace duijie::testing {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;

void Check(const grpc::Status& status, const std::string& what) {
  if (!status.ok()) {
    throw std::runtime_error(what + ": " + std::to_string(status.error_code()) + " " +
                             status.error_message());
  }
}

using Stub = v1::CatalogService::Stub;

// The two steps from DRAFT to PUBLISHED.
template <typename Record, typename Request, typename Response>
Record Transition(const Client& client, const std::string& name,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  Record* (Response::*release)()) {
  Response response;
  for (const v1::RecordState state : {v1::RECORD_STATE_SUBMITTED, v1::RECORD_STATE_PUBLISHED}) {
    Request request;
    request.set_name(name);
    request.set_to(state);
    Check(client.Call(client.catalog.get(), method, request, &response), "transition of " + name);
  }
  return *(response.*release)();
}

}  // namespace

v1::Achievement Publish(const Client& client, const v1::Achievement& achievement) {
  v1::CreateAchievementRequest request;
  *request.mutable_achievement() = achievement;
  v1::CreateAchievementResponse response;
  Check(client.Call(client.catalog.get(), &Stub::CreateAchievement, request, &response),
        "create achievement");
  return Transition(client, response.achievement().name(), &Stub::TransitionAchievement,
                    &v1::TransitionAchievementResponse::mutable_achievement);
}

v1::Enterprise Publish(const Client& client, const v1::Enterprise& enterprise) {
  v1::CreateEnterpriseRequest request;
  *request.mutable_enterprise() = enterprise;
  v1::CreateEnterpriseResponse response;
  Check(client.Call(client.catalog.get(), &Stub::CreateEnterprise, request, &response), "create enterprise");
  return Transition(client, response.enterprise().name(), &Stub::TransitionEnterprise,
                    &v1::TransitionEnterpriseResponse::mutable_enterprise);
}

v1::Need Publish(const Client& client, const v1::Need& need) {
  v1::CreateNeedRequest request;
  *request.mutable_need() = need;
  v1::CreateNeedResponse response;
  Check(client.Call(client.catalog.get(), &Stub::CreateNeed, request, &response), "create need");
  return Transition(client, response.need().name(), &Stub::TransitionNeed,
                    &v1::TransitionNeedResponse::mutable_need);
}

v1::Expert Publish(const Client& client, const v1::Expert& expert) {
  v1::CreateExpertRequest request;
  *request.mutable_expert() = expert;
  v1::CreateExpertResponse response;
  Check(client.Call(client.catalog.get(), &Stub::CreateExpert, request, &response), "create expert");
  return Transition(client, response.expert().name(), &Stub::TransitionExpert,
                    &v1::TransitionExpertResponse::mutable_expert);
}

v1::ImportSummary ImportFile(const Client& client, const std::string& path, v1::ImportHeader header) {
  auto context = client.Context();
  auto stream = client.catalog->ImportRecords(context.get());
  v1::ImportRecordsRequest first;
  header.set_file_name(path.substr(path.rfind('/') + 1));
  *first.mutable_header() = header;
  stream->Write(first);
  const std::string bytes = ReadFile(path);
  if (bytes.empty()) throw std::runtime_error("nothing to read at " + path);
  for (size_t at = 0; at < bytes.size(); at += kChunkBytes) {
    v1::ImportRecordsRequest chunk;
    chunk.set_chunk(bytes.substr(at, kChunkBytes));
    if (!stream->Write(chunk)) break;
  }
  stream->WritesDone();
  v1::ImportRecordsResponse response;
  v1::ImportSummary summary;
  std::string problems;
  while (stream->Read(&response)) {
    for (const auto& report : response.reports()) {
      for (const auto& problem : report.problems()) problems += problem.ShortDebugString() + "\n";
    }
    if (response.has_summary()) summary = response.summary();
  }
  Check(stream->Finish(), "import of " + path);
  if (summary.rejected() > 0 && header.mode() != v1::IMPORT_MODE_SKIP_BAD)
    throw std::runtime_error(path + ":\n" + problems);
  return summary;
}

int64_t ImportSamples(const Client& admin) {
  const std::string folder = SourceFile("data/samples/");
  int64_t revision = 0;
  const std::pair<v1::Collection, std::string> files[] = {{v1::COLLECTION_ENTERPRISES, "enterprises.csv"},
                                                          {v1::COLLECTION_ACHIEVEMENTS, "achievements.csv"},
                                                          {v1::COLLECTION_NEEDS, "needs.csv"},
                                                          {v1::COLLECTION_EXPERTS, "experts.csv"}};
  for (const auto& [collection, name] : files) {
    v1::ImportHeader header;
    header.set_collection(collection);
    header.set_initial_state(v1::RECORD_STATE_PUBLISHED);
    revision = std::max(revision, ImportFile(admin, folder + name, header).revision());
  }
  return revision;
}

v1::SearchResponse Search(const Client& client, v1::Collection collection, const std::string& query,
                          int64_t revision) {
  v1::SearchRequest request;
  request.set_collection(collection);
  request.set_query(query);
  request.set_min_revision(revision);
  v1::SearchResponse response;
  Check(client.Call(client.search.get(), &v1::SearchService::Stub::Search, request, &response), "search");
  return response;
}

v1::MatchRun RunToEnd(const Client& client, const v1::MatchRun& run) {
  v1::CreateMatchRunRequest request;
  *request.mutable_match_run() = run;
  v1::CreateMatchRunResponse created;
  Check(client.Call(client.match.get(), &v1::MatchService::Stub::CreateMatchRun, request, &created),
        "create run");
  v1::WatchMatchRunRequest watch;
  watch.set_name(created.match_run().name());
  auto context = client.Context();
  auto stream = client.match->WatchMatchRun(context.get(), watch);
  v1::WatchMatchRunResponse response;
  v1::MatchRun last;
  while (stream->Read(&response)) last = response.match_run();
  Check(stream->Finish(), "watch run");
  return last;
}

std::string Export(const Client& client, const std::string& run, v1::MatchRunFormat format) {
  v1::ExportMatchRunRequest request;
  request.set_name(run);
  request.set_format(format);
  auto context = client.Context();
  auto stream = client.match->ExportMatchRun(context.get(), request);
  v1::ExportMatchRunResponse response;
  std::string bytes;
  while (stream->Read(&response)) bytes += response.chunk();
  Check(stream->Finish(), "export run");
  return bytes;
}

}  // namespace duijie::testing
