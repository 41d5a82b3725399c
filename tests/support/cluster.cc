// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cluster.h"

#include <signal.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>

#include <grpc/health/v1/health.grpc.pb.h>

#include "tests/support/paths.h"

namespace duijie::testing {
namespace {

constexpr auto kStartTimeout = std::chrono::seconds(60);

void Check(const RunResult& result) {
  if (result.exit_code != 0) throw std::runtime_error(result.output + result.errors);
}

// Waits on the health service's own stream, so that no test polls or sleeps.
bool WaitUntilServing(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kStartTimeout);
  context.set_wait_for_ready(true);
  auto stub = grpc::health::v1::Health::NewStub(channel);
  auto stream = stub->Watch(&context, grpc::health::v1::HealthCheckRequest());
  grpc::health::v1::HealthCheckResponse response;
  while (stream->Read(&response)) {
    if (response.status() == grpc::health::v1::HealthCheckResponse::SERVING) {
      context.TryCancel();
      return true;
    }
  }
  return false;
}

std::string Trim(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

std::string ProgramPath(const std::string& name) { return BuiltFile("bin/") + name; }

std::unique_ptr<grpc::ClientContext> Client::Context() const {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  if (!key.empty()) context->AddMetadata("authorization", "Bearer " + key);
  return context;
}

Cluster::Cluster(Topology topology, std::map<std::string, std::string> extra_toml)
    : topology_(topology), extra_toml_(std::move(extra_toml)) {
  if (topology == Topology::kSingle) {
    nodes_.push_back({{"catalog", "search", "matching", "push", "mining", "admin"}, {}, nullptr});
  } else {
    nodes_.push_back({{"catalog", "admin"}, {}, nullptr});
    nodes_.push_back({{"search", "mining"}, {}, nullptr});
    nodes_.push_back({{"matching", "push"}, {}, nullptr});
    MakeCertificates();
    WriteFile(dir_.File("cluster.secret"), std::string(64, 's') + "\n");
  }
  for (Node& node : nodes_) {
    std::filesystem::create_directories(Path(node, "data"));
  }
}

void Cluster::MakeCertificates() const {
  Check(RunProgram({"/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", dir_.File("server.key"), "-out", dir_.File("server.pem")}));
}

std::string Cluster::Path(const Node& node, const std::string& name) const {
  return dir_.File(node.roles.front() + "-" + name);
}

std::string Cluster::ConfigOf(const Node& node) const {
  std::string roles;
  for (const auto& role : node.roles) roles += (roles.empty() ? "\"" : ", \"") + role + "\"";
  std::map<std::string, std::string> tables;
  tables["server"] = "listen = \"127.0.0.1:" + std::to_string(node.port.number()) + "\"\n";
  tables["data"] =
      "folder = \"" + Path(node, "data") + "\"\nbackup_folder = \"" + dir_.File("backups") + "\"\n";
  if (topology_ == Topology::kSplitTls) {
    tables["server.tls"] = "certificate_file = \"" + dir_.File("server.pem") + "\"\nkey_file = \"" +
                           dir_.File("server.key") + "\"\n";
    tables["cluster"] = "secret_file = \"" + dir_.File("cluster.secret") + "\"\n";
    for (const Node& other : nodes_) {
      if (&other == &node) continue;
      for (const auto& role : other.roles) {
        tables["cluster.peers"] += role + " = \"127.0.0.1:" + std::to_string(other.port.number()) + "\"\n";
      }
    }
  }
  for (const auto& [table, lines] : extra_toml_) tables[table] += lines + "\n";
  std::string toml = "roles = [" + roles + "]\n";
  for (const auto& [table, lines] : tables) toml += "[" + table + "]\n" + lines;
  return toml;
}

void Cluster::StartNode(Node& node) {
  WriteFile(Path(node, "duijied.toml"), ConfigOf(node));
  node.process = std::make_unique<ChildProcess>(
      std::vector<std::string>{ProgramPath("duijied"), "--config", Path(node, "duijied.toml")},
      Path(node, "log"));
}

void Cluster::Start() {
  for (Node& node : nodes_) {
    if (!node.process) StartNode(node);
  }
  for (Node& node : nodes_) {
    if (!WaitUntilServing(Channel(node.roles.front()))) {
      throw std::runtime_error(node.roles.front() + " did not start:\n" + Logs());
    }
  }
}

void Cluster::Kill(const std::string& role) {
  Node& node = NodeOf(role);
  node.process->Signal(SIGKILL);
  node.process->Wait();
  node.process.reset();
}

std::map<std::string, int> Cluster::Stop() {
  std::map<std::string, int> codes;
  for (Node& node : nodes_) {
    if (node.process) node.process->Signal(SIGTERM);
  }
  for (Node& node : nodes_) {
    if (node.process) codes[node.roles.front()] = node.process->Wait();
    node.process.reset();
  }
  return codes;
}

const Cluster::Node& Cluster::NodeOf(const std::string& role) const {
  for (const Node& node : nodes_) {
    for (const auto& own : node.roles) {
      if (own == role) return node;
    }
  }
  throw std::runtime_error("no process runs " + role);
}

Cluster::Node& Cluster::NodeOf(const std::string& role) {
  return const_cast<Node&>(static_cast<const Cluster*>(this)->NodeOf(role));
}

std::string Cluster::address(const std::string& role) const {
  return "127.0.0.1:" + std::to_string(NodeOf(role).port.number());
}

std::string Cluster::ca_file() const {
  return topology_ == Topology::kSplitTls ? dir_.File("server.pem") : "";
}

std::string Cluster::data_folder(const std::string& role) const { return Path(NodeOf(role), "data"); }

std::shared_ptr<grpc::Channel> Cluster::Channel(const std::string& role) const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a restarted daemon gets a fresh connection
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS,
                   20'000);  // also how long one attempt to connect may take
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  std::shared_ptr<grpc::ChannelCredentials> credentials = grpc::InsecureChannelCredentials();
  if (topology_ == Topology::kSplitTls) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = ReadFile(ca_file());
    credentials = grpc::SslCredentials(options);
  }
  return grpc::CreateCustomChannel(address(role), credentials, arguments);
}

Client Cluster::ClientFor(const std::string& key) const {
  Client client;
  client.key = key;
  client.catalog = v1::CatalogService::NewStub(Channel("catalog"));
  client.search = v1::SearchService::NewStub(Channel("search"));
  client.match = v1::MatchService::NewStub(Channel("matching"));
  client.judgements = v1::JudgementService::NewStub(Channel("matching"));
  client.admin = v1::AdminService::NewStub(Channel("admin"));
  return client;
}

Client Cluster::Admin() const { return ClientFor(Trim(ReadFile(data_folder("admin") + "/admin.key"))); }

Client Cluster::NewClient(v1::Role role, const std::string& enterprise, const std::vector<std::string>& parks,
                          bool all_parks) const {
  v1::CreateApiKeyRequest request;
  request.mutable_api_key()->set_title("test");
  request.mutable_api_key()->set_role(role);
  request.mutable_api_key()->set_enterprise(enterprise);
  request.mutable_api_key()->set_all_parks(all_parks);
  for (const auto& park : parks) request.mutable_api_key()->add_park_codes(park);
  v1::CreateApiKeyResponse response;
  const Client admin = Admin();
  const grpc::Status status =
      admin.Call(admin.admin.get(), &v1::AdminService::Stub::CreateApiKey, request, &response);
  if (!status.ok()) throw std::runtime_error("CreateApiKey: " + status.error_message());
  return ClientFor(response.secret());
}

pid_t Cluster::pid(const std::string& role) const { return NodeOf(role).process->pid(); }

std::string Cluster::Logs() const {
  std::string all;
  for (const Node& node : nodes_) all += ReadFile(Path(node, "log"));
  return all;
}

}  // namespace duijie::testing
