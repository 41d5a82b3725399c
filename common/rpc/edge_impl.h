// SPDX-License-Identifier: GPL-3.0-or-later
// The Edge of an App. See edge.h for what it does.
#pragma once

#include <atomic>
#include <string>

#include "common/auth/policy.h"
#include "common/auth/rate_limiter.h"
#include "common/rpc/app.h"
#include "common/rpc/call_metrics.h"
#include "common/rpc/call_slots.h"
#include "common/rpc/edge.h"
#include "common/rpc/metadata.h"

namespace duijie::rpc {

class EdgeImpl final : public Edge {
 public:
  struct Options {
    std::string peer_secret;  // what peers present, as text
    RateLimiter::Options rate;
    int max_calls = 64;
    std::chrono::milliseconds default_deadline{30'000};
  };

  // Clock and registry must outlive the edge.
  EdgeImpl(Options options, const Clock& clock, prometheus::Registry& registry);

  // Before the server listens.
  void SetKeyHooks(App::KeyHooks hooks) { hooks_ = std::move(hooks); }

  // Clients are answered while serving, UNAVAILABLE else; peers always, because starters call them.
  void SetServing(bool serving) { serving_ = serving; }
  bool serving() const { return serving_; }
  // From now on, calls that the daemon makes to itself are cancelled, so that a long poll does not hold up
  // the drain.
  void BeginDrain() { draining_ = true; }
  // True once no client's call is running; false if that is not so within `patience`.
  bool AwaitIdle(std::chrono::milliseconds patience) {
    return slots_.AwaitIdle(std::chrono::steady_clock::now() + patience);
  }
  // Tells every running call that it is cancelled.
  void CancelCalls() { cancelling_ = true; }

  grpc::Status Run(grpc::ServerContext* context, std::string_view method,
                   const std::function<Status(CallContext&)>& handler) override;
  Status RunLocal(std::string_view method, const CallContext& call, std::chrono::milliseconds timeout,
                  const std::function<Status(CallContext&)>& handler) override;

 private:
  struct Caller {
    Principal principal;
    bool is_peer = false;
  };
  using Handler = std::function<Status(CallContext&)>;

  Status Serve(grpc::ServerContext* context, std::string_view method, const std::string& request_id,
               const Handler& handler, Caller* caller);
  // For a caller that may: runs and audits.
  Status Perform(const MethodPolicy& policy, CallContext& call, const Handler& handler);
  StatusOr<Caller> Authenticate(const IncomingMetadata& metadata, std::string_view method) const;
  Status Admit(const Caller& caller);
  CallContext MakeContext(grpc::ServerContext* context, const std::string& request_id, const Caller& caller,
                          CallLength length) const;
  CallContext MakeLocalContext(const CallContext& call, std::chrono::milliseconds timeout) const;
  Status Audit(const CallContext& call, const MethodPolicy& policy, const Status& outcome);

  const Options options_;
  App::KeyHooks hooks_;
  RateLimiter limiter_;
  CallMetrics metrics_;
  CallSlots slots_;
  std::atomic<bool> serving_ = false;
  std::atomic<bool> draining_ = false;
  std::atomic<bool> cancelling_ = false;
};

}  // namespace duijie::rpc
