// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/service/daemon.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "common/auth/crypto.h"
#include "common/auth/principal.h"
#include "common/rpc/metadata.h"
#include "tests/bench/report/report.h"

namespace duijie::bench {
namespace {

using testing::Client;
using testing::Cluster;

constexpr size_t kChunkBytes = 256 * 1024;
constexpr auto kImportDeadline = std::chrono::minutes(20);
constexpr auto kPoll = std::chrono::milliseconds(50);  // bounds the error of the measured time
constexpr size_t kLogTail = 3'000;                     // bytes of the log that an error shows

void Check(const grpc::Status& status, const std::string& what) {
  if (!status.ok()) {
    throw std::runtime_error(what + ": " + std::to_string(status.error_code()) + " " +
                             status.error_message());
  }
}

std::string NewSecret(const std::string& path) {
  const std::string secret = crypto::ToHex(crypto::RandomBytes(crypto::kKeyBytes));
  testing::WriteFile(path, secret + "\n");
  return secret;
}

}  // namespace

Daemon::Daemon()
    : secret_(NewSecret(secret_folder_.File("cluster.secret"))),
      cluster_(testing::Topology::kSingle,
               {{"limits", "requests_per_second = 1000000.0\nburst = 1000000"},
                {"cluster", "secret_file = \"" + secret_folder_.File("cluster.secret") + "\""}}) {}

double Daemon::Start() {
  const Stopwatch watch;
  cluster_.Start();
  const double seconds = watch.Seconds();
  client_ = cluster_.Admin();
  return seconds;
}

void Daemon::Stop() {
  for (const auto& [role, code] : cluster_.Stop()) {
    if (code == 0) continue;
    const std::string log = cluster_.Logs();
    throw std::runtime_error("the daemon ended with " + std::to_string(code) + ":\n" +
                             log.substr(log.size() - std::min(log.size(), kLogTail)));
  }
}

std::unique_ptr<grpc::ClientContext> Daemon::PeerContext() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  context->AddMetadata(rpc::kClusterSecret, crypto::ToHex(crypto::DeriveKey(secret_, rpc::kPeerCallPurpose)));
  context->AddMetadata(rpc::kPeerPrincipal, SystemPrincipal().SerializeAsString());
  return context;
}

double Daemon::MemoryMiB(const std::string& line) const {
  std::ifstream status("/proc/" + std::to_string(cluster_.pid("catalog")) + "/status");
  for (std::string text; std::getline(status, text);) {
    if (text.rfind(line + ":", 0) == 0)
      return std::stod(text.substr(line.size() + 1)) / 1024;  // the file says kB
  }
  throw std::runtime_error("no " + line + " of the daemon");
}

double Daemon::CpuSeconds() const {
  const std::string stat = testing::ReadFile("/proc/" + std::to_string(cluster_.pid("catalog")) + "/stat");
  std::istringstream fields(
      stat.substr(stat.rfind(')') + 1));  // field 3 on; the name before it may hold spaces
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double Daemon::DiskMiB() const {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(cluster_.data_folder("catalog"))) {
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes / kBytesPerMiB;
}

int64_t ImportGenerated(const Client& client, v1::Collection collection, const std::string& path) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kImportDeadline);
  context.AddMetadata("authorization", "Bearer " + client.key);
  auto stream = client.catalog->ImportRecords(&context);
  std::thread writer([&] {
    v1::ImportRecordsRequest request;
    request.mutable_header()->set_collection(collection);
    request.mutable_header()->set_file_name(path.substr(path.rfind('/') + 1));
    request.mutable_header()->set_mode(v1::IMPORT_MODE_SKIP_BAD);
    request.mutable_header()->set_initial_state(v1::RECORD_STATE_PUBLISHED);
    bool open = stream->Write(request);
    std::ifstream file(path, std::ios::binary);
    std::string chunk(kChunkBytes, '\0');
    while (open && file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())).gcount() > 0) {
      request.set_chunk(chunk.data(), static_cast<size_t>(file.gcount()));
      open = stream->Write(request);
    }
    stream->WritesDone();
  });
  v1::ImportRecordsResponse response;
  v1::ImportSummary summary;
  std::string first_problem;
  while (stream->Read(&response)) {
    if (response.reports_size() > 0 && first_problem.empty())
      first_problem = response.reports(0).ShortDebugString();
    if (response.has_summary()) summary = response.summary();
  }
  writer.join();
  Check(stream->Finish(), "import of " + path);
  if (summary.rejected() > 0)
    throw std::runtime_error("rows of " + path + " were rejected, first: " + first_problem);
  return summary.revision();
}

void WaitUntilIndexed(const Client& client) {
  for (;;) {
    v1::GetStatusResponse response;
    Check(client.Call(client.admin.get(), &v1::AdminService::Stub::GetStatus, {}, &response), "GetStatus");
    bool behind = false;
    for (const auto& collection : response.collections()) {
      const bool indexed = collection.collection() == "achievements" || collection.collection() == "needs";
      if (indexed && collection.index_revision() < response.revision()) behind = true;
    }
    if (!behind) return;
    std::this_thread::sleep_for(kPoll);
  }
}

std::vector<v1::Need> ListNeeds(const Client& client, size_t count) {
  std::vector<v1::Need> needs;
  v1::ListNeedsRequest request;
  request.set_page_size(500);
  while (needs.size() < count) {
    v1::ListNeedsResponse response;
    Check(client.Call(client.catalog.get(), &v1::CatalogService::Stub::ListNeeds, request, &response),
          "ListNeeds");
    for (v1::Need& need : *response.mutable_needs()) {
      if (needs.size() < count) needs.push_back(std::move(need));
    }
    if (response.next_page_token().empty()) break;
    request.set_page_token(response.next_page_token());
  }
  return needs;
}

}  // namespace duijie::bench
