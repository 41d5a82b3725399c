// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/year/system.h"

#include <filesystem>
#include <fstream>

#include "common/log/log.h"
#include "services/admin/admin_module.h"
#include "services/catalog/catalog_module.h"
#include "services/matching/matching_module.h"
#include "services/mining/mining_module.h"
#include "services/push/push_module.h"
#include "services/search/search_module.h"

namespace duijie::bench {
namespace {

constexpr size_t kChunkBytes = 256 * 1024;
constexpr double kNoRateLimit = 1e6;  // calls a second of one key: one admin key plays many people

Config ConfigOf(const std::string& share, const std::string& folder) {
  Config config;
  config.server.listen = "127.0.0.1:0";
  config.data.folder = folder + "/data";
  config.data.share_folder = share;
  config.limits.requests_per_second = kNoRateLimit;
  config.limits.burst = static_cast<int>(kNoRateLimit);
  config.log.level = "warn";
  config.log.file = folder + "/log";
  return config;
}

std::string FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

template <typename Stubs, size_t... kPlaces>
void MakeStubs(const std::shared_ptr<grpc::Channel>& channel, Stubs* stubs, std::index_sequence<kPlaces...>) {
  ((std::get<kPlaces>(*stubs) =
        std::make_unique<typename std::tuple_element_t<kPlaces, Stubs>::element_type>(channel)),
   ...);
}

}  // namespace

StatusOr<std::unique_ptr<System>> System::Start(const std::string& share, const std::string& folder,
                                                UnixMicros now) {
  std::filesystem::create_directories(folder);
  const Config config = ConfigOf(share, folder);
  DUIJIE_RETURN_IF_ERROR(log::Configure(config.log));
  std::unique_ptr<System> system(new System(now));
  DUIJIE_ASSIGN_OR_RETURN(system->host_, rpc::NewApp(config, system->clock_));
  rpc::AppHost& host = *system->host_;
  DUIJIE_RETURN_IF_ERROR(host.Bind("catalog", BindCatalog));
  DUIJIE_RETURN_IF_ERROR(host.Bind("search", BindSearch));
  DUIJIE_RETURN_IF_ERROR(host.Bind("matching", matching::BindMatching));
  DUIJIE_RETURN_IF_ERROR(host.Bind("push", push::BindPush));
  DUIJIE_RETURN_IF_ERROR(host.Bind("mining", mining::BindMining));
  DUIJIE_RETURN_IF_ERROR(host.Bind("admin", BindAdmin));
  DUIJIE_RETURN_IF_ERROR(host.Start());
  system->admin_key_ = FirstLine(config.data.folder + "/admin.key");
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(rpc::kMaxResponseBytes);
  const auto channel =
      grpc::CreateCustomChannel(host.address(), grpc::InsecureChannelCredentials(), arguments);
  MakeStubs(channel, &system->stubs_,
            std::make_index_sequence<std::tuple_size_v<decltype(system->stubs_)>>());
  return system;
}

System::~System() {
  if (host_ != nullptr) host_->Drain();
}

std::unique_ptr<grpc::ClientContext> Party::Context() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->AddMetadata("authorization", "Bearer " + key_);
  return context;
}

StatusOr<int64_t> Import(const Party& party, v1::Collection collection, const std::string& table) {
  const auto context = party.Context();
  const auto stream = party.system().stub<v1::CatalogService::Stub>()->ImportRecords(context.get());
  v1::ImportRecordsRequest first;
  first.mutable_header()->set_collection(collection);
  first.mutable_header()->set_format(v1::TABLE_FORMAT_CSV);
  first.mutable_header()->set_file_name("year.csv");
  first.mutable_header()->set_initial_state(v1::RECORD_STATE_PUBLISHED);
  bool open = stream->Write(first);
  for (size_t at = 0; open && at < table.size(); at += kChunkBytes) {
    v1::ImportRecordsRequest chunk;
    chunk.set_chunk(table.substr(at, kChunkBytes));
    open = stream->Write(chunk);
  }
  stream->WritesDone();
  v1::ImportRecordsResponse response;
  v1::ImportSummary summary;
  std::string problem;
  while (stream->Read(&response)) {
    for (const auto& report : response.reports()) {
      if (problem.empty() && !report.problems().empty()) problem = report.problems(0).ShortDebugString();
    }
    if (response.has_summary()) summary = response.summary();
  }
  DUIJIE_RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  if (summary.rejected() == 0) return summary.revision();
  return Error(StatusCode::kInvalidArgument, "ROWS_REJECTED",
               "the catalog refused generated rows: " + problem);
}

}  // namespace duijie::bench
