// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/app_host.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "common/auth/crypto.h"
#include "common/config/listen_address.h"
#include "common/log/log.h"
#include "common/metrics/metrics_server.h"
#include "common/rpc/credentials.h"
#include "common/rpc/grpc_log.h"
#include "common/rpc/remote_keys.h"
#include "common/rpc/store_service.h"

namespace duijie::rpc {
namespace {

// How long cancelled calls get to notice, and the server to close its connections, after the drain.
constexpr std::chrono::seconds kCancelPatience{2};
constexpr std::chrono::seconds kShutdownPatience{1};

namespace fs = std::filesystem;

constexpr char kSecretFile[] = "cluster.secret";
constexpr int kSpareThreads = 16;           // for health, reflection and the daemon's own calls
constexpr int kMaxReconnectMs = 1'000;      // a peer that comes back is found within this time
constexpr int kMinPingIntervalMs = 10'000;  // clients may keep their connection alive this often

EdgeImpl::Options EdgeOptions(const Config& config, std::string_view peer_key) {
  EdgeImpl::Options options;
  options.peer_secret = crypto::ToHex(peer_key);
  options.rate.per_second = config.limits.requests_per_second;
  options.rate.burst = config.limits.burst;
  options.max_calls = config.server.max_threads;
  options.default_deadline = std::chrono::milliseconds(config.server.default_deadline_ms);
  return options;
}

void Configure(grpc::ServerBuilder& builder, const Config& config) {
  grpc::ResourceQuota quota("duijie");
  // The edge bounds clients' calls itself, with a proper error; this is the backstop that keeps calls between
  // roles from starving for threads.
  quota.SetMaxThreads(config.server.max_threads * kHandlerThreadsPerCall + kSpareThreads);
  builder.SetResourceQuota(quota);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MAX_POLLERS, 4);
  builder.SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder.SetMaxSendMessageSize(kMaxResponseBytes);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT,
                             0);  // else two daemons could share a port and split its calls
}

grpc::ChannelArguments ChannelOptions() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxResponseBytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  return arguments;
}

}  // namespace

StatusOr<std::unique_ptr<AppHost>> NewApp(Config config, const Clock& clock) {
  RouteGrpcLog();
  DUIJIE_RETURN_IF_ERROR(ValidateConfig(config));
  DUIJIE_ASSIGN_OR_RETURN(auto folder, DataFolder::Open(config.data.folder));
  const std::string& given = config.cluster.secret_file;
  auto secret = given.empty() ? ReadOrCreateClusterSecret(folder.Sub(kSecretFile)) : ReadClusterSecret(given);
  if (!secret.ok()) return secret.status();
  return std::unique_ptr<AppHost>(
      new AppHost(std::move(config), clock, std::move(folder), *std::move(secret)));
}

AppHost::AppHost(Config config, const Clock& clock, duijie::DataFolder folder, std::string cluster_secret)
    : config_(std::move(config)),
      clock_(clock),
      data_folder_(std::move(folder)),
      cluster_secret_(std::move(cluster_secret)),
      registry_(std::make_shared<prometheus::Registry>()),
      edge_(std::make_unique<EdgeImpl>(EdgeOptions(config_, DerivedKey(kPeerCallPurpose)), clock_,
                                       *registry_)) {}

AppHost::~AppHost() { Drain(); }

Status AppHost::Bind(const std::string& role, const std::function<Status(App&)>& bind) {
  if (!roles_.insert(role).second) {
    return Error(StatusCode::kFailedPrecondition, "INVALID_CONFIG", "role " + role + " is bound twice");
  }
  return Annotate(bind(*this), role);
}

Status AppHost::Start() {
  if (!has_key_hooks_) edge_->SetKeyHooks(RemoteKeyHooks(*this));
  AddService(NewStoreService(*this, stores_, BackupFolder(config_)));
  DUIJIE_RETURN_IF_ERROR(Listen());
  DUIJIE_RETURN_IF_ERROR(StartMetrics());
  DUIJIE_RETURN_IF_ERROR(RunStarters());
  edge_->SetServing(true);
  SetHealth(true);
  DUIJIE_RETURN_IF_ERROR(WritePortFile());
  log::Info("serving", {{"grpc", address_}, {"metrics", metrics_address_}});
  return OkStatus();
}

Status AppHost::Listen() {
  DUIJIE_ASSIGN_OR_RETURN(HostPort listen, ParseHostPort(config_.server.listen));
  DUIJIE_ASSIGN_OR_RETURN(auto credentials, NewServerCredentials(config_.server.tls));
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  Configure(builder, config_);
  int port = 0;
  builder.AddListeningPort(duijie::ToText(listen), credentials, &port);
  for (const auto& service : services_) builder.RegisterService(service.get());
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port == 0) {
    return Error(StatusCode::kFailedPrecondition, "LISTEN_FAILED",
                 "cannot listen on " + config_.server.listen + "; is the address in use?");
  }
  listen.port = port;
  address_ = duijie::ToText(listen);
  SetHealth(false);
  return OkStatus();
}

Status AppHost::StartMetrics() {
  if (config_.server.metrics_listen.empty()) return OkStatus();
  DUIJIE_ASSIGN_OR_RETURN(metrics_server_, MetricsServer::Start({config_.server.metrics_listen, registry_,
                                                                 [this] { return edge_->serving(); }}));
  metrics_address_ = metrics_server_->address();
  return OkStatus();
}

Status AppHost::RunStarters() {
  for (const auto& [name, start] : starters_) DUIJIE_RETURN_IF_ERROR(Annotate(start(), name));
  return OkStatus();
}

// Written whole or not at all, so that whoever waits for the file never reads half of it.
Status AppHost::WritePortFile() const {
  if (config_.server.port_file.empty()) return OkStatus();
  std::string text = "grpc=" + address_ + "\n";
  if (!metrics_address_.empty()) text += "metrics=" + metrics_address_ + "\n";
  return Annotate(WriteSecretFile(config_.server.port_file, text), "server.port_file");
}

void AppHost::SetHealth(bool serving) {
  grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
  if (health == nullptr) return;
  health->SetServingStatus(serving);  // "" and every service
  for (const auto& role : roles_) health->SetServingStatus(role, serving);
}

void AppHost::Drain() {
  if (drained_) return;
  drained_ = true;
  edge_->SetServing(false);
  edge_->BeginDrain();
  if (server_ != nullptr) SetHealth(false);
  for (const auto& hook : drain_hooks_) hook();
  // Clients' calls and background work talk to roles of this process through the server; a call on an
  // in-process channel whose server is shut down crashes inside gRPC 1.51, so the server goes last.
  if (!edge_->AwaitIdle(std::chrono::milliseconds(config_.server.drain_ms))) {
    log::Warn("drain_timeout", {{"drain_ms", config_.server.drain_ms}});
    edge_->CancelCalls();
    edge_->AwaitIdle(kCancelPatience);
  }
  for (auto closer = closers_.rbegin(); closer != closers_.rend(); ++closer) {
    log::Debug("closing", {{"part", closer->first}});
    closer->second();
  }
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now() + kShutdownPatience);
  metrics_server_.reset();
  // Services go before what the closers' modules still own; the server goes first because it refers to them.
  server_.reset();
  services_.clear();
}

StatusOr<std::string> AppHost::DataFolder(std::string_view name) {
  const std::string path = data_folder_.Sub(name);
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return FolderError(error.value(), path);
  return path;
}

std::string AppHost::ShareFolder(std::string_view name) const {
  fs::path share = config_.data.share_folder;
  if (share.empty()) {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    share = (program.parent_path() / ".." / "share" / "duijie").lexically_normal();
  }
  return (share / name).string();
}

std::string AppHost::DerivedKey(std::string_view purpose) const {
  return crypto::DeriveKey(cluster_secret_, purpose);
}

std::shared_ptr<grpc::Channel> AppHost::Channel(std::string_view role) {
  std::lock_guard lock(channels_mutex_);
  if (auto found = channels_.find(role); found != channels_.end()) return found->second;
  const std::string name(role);
  return channels_[name] = NewChannel(name);
}

std::shared_ptr<grpc::Channel> AppHost::NewChannel(const std::string& role) {
  if (roles_.count(role) > 0) return server_->InProcessChannel(ChannelOptions());
  const auto peer = config_.cluster.peers.find(role);
  if (peer == config_.cluster.peers.end()) {
    // A target that never connects: calls fail with UNAVAILABLE and this text.
    return grpc::CreateCustomChannel(
        "unix:/nonexistent/role-" + role + "-is-neither-run-here-nor-in-cluster.peers",
        grpc::InsecureChannelCredentials(), ChannelOptions());
  }
  auto credentials = NewPeerCredentials(config_.server.tls);
  if (!credentials.ok()) {
    log::Error("peer_credentials", {{"role", role}, {"error", credentials.status()}});
    return grpc::CreateCustomChannel(peer->second, nullptr,
                                     ChannelOptions());  // a channel that refuses every call
  }
  return grpc::CreateCustomChannel(peer->second, *credentials, ChannelOptions());
}

void AppHost::AddStarter(std::string name, std::function<Status()> start) {
  starters_.emplace_back(std::move(name), std::move(start));
}

void AppHost::AddCloser(std::string name, std::function<void()> close) {
  closers_.emplace_back(std::move(name), std::move(close));
}

void AppHost::SetKeyHooks(KeyHooks hooks) {
  edge_->SetKeyHooks(std::move(hooks));
  has_key_hooks_ = true;
}

}  // namespace duijie::rpc
