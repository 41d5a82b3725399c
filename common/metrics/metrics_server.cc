// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that knows cpp-httplib.
#include "common/metrics/metrics_server.h"

#include <httplib.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <atomic>
#include <thread>

#include "common/config/listen_address.h"

namespace duijie {
namespace {

constexpr size_t kThreads = 2;             // one scraper, one monitor
constexpr size_t kMaxRequestBytes = 1024;  // nobody has to send a body
constexpr int kReadTimeoutSeconds = 5;

class HttpMetricsServer final : public MetricsServer {
 public:
  explicit HttpMetricsServer(Options options) : options_(std::move(options)) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // Without it each answer waits 26 ms for Nagle's algorithm and the delayed acknowledgement.
    server_.set_tcp_nodelay(true);
    server_.set_payload_max_length(kMaxRequestBytes);
    server_.set_read_timeout(kReadTimeoutSeconds);
    server_.set_keep_alive_timeout(kReadTimeoutSeconds);
    server_.Get("/metrics", [this](const httplib::Request&, httplib::Response& response) {
      response.set_content(prometheus::TextSerializer().Serialize(options_.registry->Collect()),
                           "text/plain; version=0.0.4; charset=utf-8");
    });
    server_.Get("/healthz", [this](const httplib::Request&, httplib::Response& response) {
      const bool healthy = options_.healthy();
      response.status = healthy ? 200 : 503;
      response.set_content(healthy ? "ok\n" : "not serving\n", "text/plain");
    });
  }

  ~HttpMetricsServer() override {
    if (!thread_.joinable()) return;
    // stop() before the listening thread has entered its loop would be lost.
    while (!server_.is_running() && !ended_) std::this_thread::yield();
    server_.stop();
    thread_.join();
  }

  Status Listen() {
    DUIJIE_ASSIGN_OR_RETURN(address_, ParseHostPort(options_.listen));
    if (address_.port == 0) {
      address_.port = server_.bind_to_any_port(address_.host);
    } else if (!server_.bind_to_port(address_.host, address_.port)) {
      address_.port = -1;
    }
    if (address_.port <= 0) {
      return Error(StatusCode::kFailedPrecondition, "LISTEN_FAILED",
                   "cannot listen on " + options_.listen + " for metrics");
    }
    thread_ = std::thread([this] {
      server_.listen_after_bind();
      ended_ = true;
    });
    return OkStatus();
  }

  std::string address() const override { return ToText(address_); }

 private:
  Options options_;
  HostPort address_;
  httplib::Server server_;
  std::atomic<bool> ended_ = false;  // the listening thread has left its loop
  std::thread thread_;
};

}  // namespace

StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(Options options) {
  auto server = std::make_unique<HttpMetricsServer>(std::move(options));
  DUIJIE_RETURN_IF_ERROR(server->Listen());
  return server;
}

}  // namespace duijie
