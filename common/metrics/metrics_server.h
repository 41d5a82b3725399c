// SPDX-License-Identifier: GPL-3.0-or-later
// A small HTTP server for monitors: GET /metrics (Prometheus text format 0.0.4) and GET /healthz (200 "ok" or
// 503). Counters and histograms themselves are prometheus-cpp's; each module makes its own in App::metrics().
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/status/status.h"

namespace prometheus {
class Registry;
}

namespace duijie {

class MetricsServer {
 public:
  struct Options {
    std::string listen;  // host:port; port 0 = any free port
    std::shared_ptr<prometheus::Registry> registry;
    std::function<bool()> healthy;  // called on the server's threads
  };

  // Listens and serves on its own threads until destroyed. INVALID_ARGUMENT for a bad address, UNAVAILABLE if
  // it is taken.
  static StatusOr<std::unique_ptr<MetricsServer>> Start(Options options);
  virtual ~MetricsServer() = default;

  // host:port in use.
  virtual std::string address() const = 0;
};

}  // namespace duijie
