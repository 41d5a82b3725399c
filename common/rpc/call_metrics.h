// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of the edge, by method:
//   duijie_rpc_calls_total{method,code}   finished calls
//   duijie_rpc_seconds{method}            histogram of their time
//   duijie_rpc_in_flight{method}          calls being worked on
//   duijie_audit_failures_total           acts that could not be written to the audit log
// Method names come from our code, never from the wire, so the number of series is bounded. Thread-safe.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie::rpc {

// "OK", "NOT_FOUND"…, as gRPC spells them.
std::string CodeName(StatusCode code);

class CallMetrics {
 public:
  // The registry must outlive this.
  explicit CallMetrics(prometheus::Registry& registry);

  void Begin(std::string_view method);
  void End(std::string_view method, StatusCode code, double seconds);
  void CountAuditFailure() { audit_failures_.Increment(); }

 private:
  static constexpr size_t kCodes = 17;  // gRPC's codes 0 to 16
  struct Method {
    prometheus::Gauge* in_flight;
    prometheus::Histogram* seconds;
    std::array<std::atomic<prometheus::Counter*>, kCodes> calls{};
  };

  Method& Of(std::string_view method);

  prometheus::Family<prometheus::Counter>& calls_;
  prometheus::Family<prometheus::Histogram>& seconds_;
  prometheus::Family<prometheus::Gauge>& in_flight_;
  prometheus::Counter& audit_failures_;
  std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<Method>, std::less<>> methods_;
};

}  // namespace duijie::rpc
