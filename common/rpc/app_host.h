// SPDX-License-Identifier: GPL-3.0-or-later
// The App that runs: owns the data folder's lock, the server, the channels and everything that modules
// registered.
//
//   auto host = NewApp(config, clock);
//   host->Bind("catalog", BindCatalog); …
//   host->Start();      // listens, runs starters, says SERVING
//   … host->Drain();    // on SIGTERM
//
// Bind, Start, Drain and destruction belong to one thread; what App offers to modules is thread-safe once
// started.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <set>

#include "common/auth/cluster_secret.h"
#include "common/rpc/app.h"
#include "common/rpc/edge_impl.h"
#include "common/storage/data_folder.h"

namespace duijie {
class MetricsServer;
}

namespace duijie::rpc {

inline constexpr int kMaxRequestBytes = 4 * 1024 * 1024;    // from clients and peers, per message
inline constexpr int kMaxResponseBytes = 64 * 1024 * 1024;  // that our own calls accept, per message
inline constexpr int kHandlerThreadsPerCall = 4;  // a client's call and the calls between roles below it
inline constexpr int kKeepaliveMs = 60'000;

class AppHost final : public App {
 public:
  ~AppHost() override;

  // Runs a role's Bind function. A role may be bound once, before Start.
  Status Bind(const std::string& role, const std::function<Status(App&)>& bind);

  // Errors of starters, FAILED_PRECONDITION LISTEN_FAILED, INVALID_CONFIG for TLS files. After an error only
  // destruction is left.
  Status Start();

  // Says NOT_SERVING, lets running calls end (at most server.drain_ms), closes. Idempotent.
  void Drain();

  std::string address() const { return address_; }                  // host:port of gRPC, once started
  std::string metrics_address() const { return metrics_address_; }  // "" = off
  bool serving() const { return edge_->serving(); }

  const Config& config() const override { return config_; }
  const Clock& clock() const override { return clock_; }
  Edge& edge() override { return *edge_; }
  prometheus::Registry& metrics() override { return *registry_; }
  StatusOr<std::string> DataFolder(std::string_view name) override;
  std::string ShareFolder(std::string_view name) const override;
  std::string DerivedKey(std::string_view purpose) const override;
  std::shared_ptr<grpc::Channel> Channel(std::string_view role) override;
  void AddService(std::unique_ptr<grpc::Service> service) override {
    services_.push_back(std::move(service));
  }
  void AddStarter(std::string name, std::function<Status()> start) override;
  void AddCloser(std::string name, std::function<void()> close) override;
  void AddDrainHook(std::function<void()> hook) override { drain_hooks_.push_back(std::move(hook)); }
  void AddStore(std::string name, StoreHooks hooks) override { stores_[std::move(name)] = std::move(hooks); }
  void SetKeyHooks(KeyHooks hooks) override;

 private:
  friend StatusOr<std::unique_ptr<AppHost>> NewApp(Config config, const Clock& clock);
  AppHost(Config config, const Clock& clock, duijie::DataFolder folder, std::string cluster_secret);

  Status Listen();
  Status StartMetrics();
  Status RunStarters();
  Status WritePortFile() const;
  void SetHealth(bool serving);
  std::shared_ptr<grpc::Channel> NewChannel(const std::string& role);

  const Config config_;
  const Clock& clock_;
  duijie::DataFolder data_folder_;
  const std::string cluster_secret_;
  std::shared_ptr<prometheus::Registry> registry_;
  std::unique_ptr<EdgeImpl> edge_;
  bool has_key_hooks_ = false;
  std::set<std::string> roles_;
  std::map<std::string, StoreHooks> stores_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::vector<std::pair<std::string, std::function<Status()>>> starters_;
  std::vector<std::pair<std::string, std::function<void()>>> closers_;
  std::vector<std::function<void()>> drain_hooks_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<MetricsServer> metrics_server_;
  std::string address_;
  std::string metrics_address_;
  bool drained_ = false;

  std::mutex channels_mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>, std::less<>> channels_;
};

// Validates the configuration, makes and locks the data folder, reads the cluster secret. `clock` must
// outlive the app. Errors: INVALID_CONFIG, and those of DataFolder::Open.
StatusOr<std::unique_ptr<AppHost>> NewApp(Config config, const Clock& clock);

}  // namespace duijie::rpc
