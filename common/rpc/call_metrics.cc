// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/call_metrics.h"

#include <mutex>

namespace duijie::rpc {
namespace {

// From the fastest read to the longest quick call.
const prometheus::Histogram::BucketBoundaries kBuckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.04,
                                                          0.06,   0.1,   0.25,   0.5,   1,    2.5,  10};

}  // namespace

std::string CodeName(StatusCode code) {
  if (code == StatusCode::kOk) return "OK";
  return absl::StatusCodeToString(code);
}

CallMetrics::CallMetrics(prometheus::Registry& registry)
    : calls_(prometheus::BuildCounter()
                 .Name("duijie_rpc_calls_total")
                 .Help("Finished calls")
                 .Register(registry)),
      seconds_(
          prometheus::BuildHistogram().Name("duijie_rpc_seconds").Help("Time of calls").Register(registry)),
      in_flight_(
          prometheus::BuildGauge().Name("duijie_rpc_in_flight").Help("Running calls").Register(registry)),
      audit_failures_(prometheus::BuildCounter()
                          .Name("duijie_audit_failures_total")
                          .Help("Acts that could not be written to the audit log")
                          .Register(registry)
                          .Add({})) {}

void CallMetrics::Begin(std::string_view method) { Of(method).in_flight->Increment(); }

void CallMetrics::End(std::string_view method, StatusCode code, double seconds) {
  Method& metrics = Of(method);
  metrics.in_flight->Decrement();
  metrics.seconds->Observe(seconds);
  auto& slot = metrics.calls[static_cast<size_t>(code) % kCodes];
  prometheus::Counter* counter = slot.load();
  if (counter == nullptr) {
    counter = &calls_.Add(
        {{"method", std::string(method)}, {"code", CodeName(code)}});  // the same one for the same labels
    slot.store(counter);
  }
  counter->Increment();
}

CallMetrics::Method& CallMetrics::Of(std::string_view method) {
  {
    std::shared_lock lock(mutex_);
    if (auto found = methods_.find(method); found != methods_.end()) return *found->second;
  }
  std::unique_lock lock(mutex_);
  auto& slot = methods_[std::string(method)];
  if (slot == nullptr) {
    slot = std::make_unique<Method>();
    const prometheus::Labels labels = {{"method", std::string(method)}};
    slot->in_flight = &in_flight_.Add(labels);
    slot->seconds = &seconds_.Add(labels, kBuckets);
  }
  return *slot;
}

}  // namespace duijie::rpc
