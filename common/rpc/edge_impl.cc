// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/edge_impl.h"

#include <algorithm>

#include "common/auth/crypto.h"
#include "common/log/log.h"

namespace duijie::rpc {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

constexpr int64_t kBusyRetryMs = 200;      // when no slot is free
constexpr int64_t kStartingRetryMs = 500;  // while the daemon starts or stops

// A handler's exception stops here; its text may hold anything, so it goes to the log only.
Status RunGuarded(const std::function<Status(CallContext&)>& handler, CallContext& call) {
  try {
    return handler(call);
  } catch (const std::exception& error) {
    return absl::InternalError(std::string("exception: ") + error.what());
  } catch (...) {
    return absl::InternalError("exception of an unknown type");
  }
}

Status NotServing() {
  return WithRetryAfter(
      Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "the service is starting or stopping"),
      kStartingRetryMs);
}

void WriteAccessLog(std::string_view method, const Status& status, double seconds, const Principal& principal,
                    bool is_peer, const std::string& request_id) {
  const bool our_defect = status.code() == StatusCode::kInternal || status.code() == StatusCode::kUnknown ||
                          status.code() == StatusCode::kDataLoss;
  // Calls between roles are noise next to the client's call that caused them, unless something is wrong.
  const log::Level level = our_defect ? log::Level::kError : is_peer ? log::Level::kDebug : log::Level::kInfo;
  if (!log::Enabled(level)) return;
  std::vector<log::Field> fields = {{"method", method},
                                    {"code", CodeName(status.code())},
                                    {"ms", seconds * 1000},
                                    {"key_id", principal.key_id()},
                                    {"request_id", request_id}};
  if (!status.ok()) fields.emplace_back("reason", ReasonOf(status));
  if (our_defect) fields.emplace_back("error", status);
  log::Write(level, "call", fields);
}

}  // namespace

EdgeImpl::EdgeImpl(Options options, const Clock& clock, prometheus::Registry& registry)
    : options_(std::move(options)),
      limiter_(options_.rate, clock),
      metrics_(registry),
      slots_(options_.max_calls) {}

grpc::Status EdgeImpl::Run(grpc::ServerContext* context, std::string_view method, const Handler& handler) {
  const auto begin = steady_clock::now();
  metrics_.Begin(method);
  const IncomingMetadata metadata = ReadMetadata(*context);
  const bool from_peer = crypto::Equal(metadata.cluster_secret, options_.peer_secret);
  const std::string_view wanted_id = from_peer ? metadata.peer_request_id : metadata.request_id;
  const std::string request_id = IsRequestId(wanted_id) ? std::string(wanted_id) : NewRequestId();
  context->AddTrailingMetadata(kRequestId, request_id);

  Caller caller;
  const Status status = Serve(context, method, request_id, handler, &caller);

  const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  metrics_.End(method, status.code(), seconds);
  WriteAccessLog(method, status, seconds, caller.principal, caller.is_peer, request_id);
  return ToGrpc(status);
}

Status EdgeImpl::Serve(grpc::ServerContext* context, std::string_view method, const std::string& request_id,
                       const Handler& handler, Caller* caller) {
  DUIJIE_ASSIGN_OR_RETURN(*caller, Authenticate(ReadMetadata(*context), method));
  const MethodPolicy* policy = FindPolicy(method);
  if (IsInternalMethod(method)) {
    CallContext call = MakeContext(context, request_id, *caller, CallLength::kLong);
    return RunGuarded(handler, call);
  }
  DUIJIE_RETURN_IF_ERROR(CheckRole(caller->principal, method));  // also refuses what has no policy
  DUIJIE_RETURN_IF_ERROR(Admit(*caller));
  const CallSlots::Slot slot = caller->is_peer ? CallSlots::Slot() : slots_.Take(policy->length);
  if (!slot && !caller->is_peer) {
    return WithRetryAfter(Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "too many calls at once"),
                          kBusyRetryMs);
  }
  CallContext call = MakeContext(context, request_id, *caller, policy->length);
  return Perform(*policy, call, handler);
}

Status EdgeImpl::Perform(const MethodPolicy& policy, CallContext& call, const Handler& handler) {
  const Status outcome = RunGuarded(handler, call);
  return policy.audit == AuditMode::kNone ? outcome : Audit(call, policy, outcome);
}

Status EdgeImpl::RunLocal(std::string_view method, const CallContext& call, std::chrono::milliseconds timeout,
                          const Handler& handler) {
  const auto begin = steady_clock::now();
  metrics_.Begin(method);
  CallContext own = MakeLocalContext(call, timeout);
  const auto serve = [&]() -> Status {
    if (IsInternalMethod(method)) return RunGuarded(handler, own);
    DUIJIE_RETURN_IF_ERROR(CheckRole(own.principal(), method));  // also refuses what has no policy
    return Perform(*FindPolicy(method), own, handler);
  };
  const Status status = serve();
  const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  metrics_.End(method, status.code(), seconds);
  WriteAccessLog(method, status, seconds, own.principal(), true, own.request_id());
  return status;
}

StatusOr<EdgeImpl::Caller> EdgeImpl::Authenticate(const IncomingMetadata& metadata,
                                                  std::string_view method) const {
  if (crypto::Equal(metadata.cluster_secret, options_.peer_secret)) {
    Caller peer{Principal(), true};
    if (!peer.principal.ParseFromArray(metadata.principal.data(),
                                       static_cast<int>(metadata.principal.size())) ||
        peer.principal.key_id().empty()) {
      return Error(StatusCode::kUnauthenticated, "INVALID_API_KEY", "a peer must say for whom it acts");
    }
    return peer;
  }
  if (IsInternalMethod(method)) {
    return Error(StatusCode::kUnauthenticated, "INVALID_API_KEY",
                 "this method is for other processes of the installation");
  }
  // Without a key nothing is asked of the key store.
  if (metadata.api_key.empty())
    return Error(StatusCode::kUnauthenticated, "INVALID_API_KEY", "no API key given");
  if (!serving_) return NotServing();
  DUIJIE_ASSIGN_OR_RETURN(Principal principal, hooks_.resolve(metadata.api_key));
  return Caller{std::move(principal), false};
}

Status EdgeImpl::Admit(const Caller& caller) {
  if (caller.is_peer) return OkStatus();
  const auto wait_ms = limiter_.Acquire(caller.principal.key_id());
  if (!wait_ms) return OkStatus();
  return WithRetryAfter(
      Error(StatusCode::kResourceExhausted, "RATE_LIMITED", "too many calls with this API key"), *wait_ms);
}

CallContext EdgeImpl::MakeContext(grpc::ServerContext* context, const std::string& request_id,
                                  const Caller& caller, CallLength length) const {
  auto deadline = context->deadline();  // time_point::max() if the client gave none
  if (length == CallLength::kQuick && context->deadline() == system_clock::time_point::max()) {
    deadline = system_clock::now() + options_.default_deadline;
  }
  const bool own_call = caller.is_peer && caller.principal.key_id() == SystemPrincipal().key_id();
  auto cancelled = [this, context, deadline, own_call] {
    return context->IsCancelled() || system_clock::now() >= deadline || cancelling_ ||
           (own_call && draining_);
  };
  return {caller.principal, request_id, deadline, std::move(cancelled)};
}

CallContext EdgeImpl::MakeLocalContext(const CallContext& call, std::chrono::milliseconds timeout) const {
  const auto deadline = std::min(call.deadline(), system_clock::now() + timeout);
  const bool own_call = call.principal().key_id() == SystemPrincipal().key_id();
  auto cancelled = [this, &call, deadline, own_call] {
    return call.Cancelled() || system_clock::now() >= deadline || cancelling_ || (own_call && draining_);
  };
  return {call.principal(), call.request_id(), deadline, std::move(cancelled)};
}

Status EdgeImpl::Audit(const CallContext& call, const MethodPolicy& policy, const Status& outcome) {
  const Status written = hooks_.audit(call.principal(), policy.method, call.audit_record(),
                                      CodeName(outcome.code()), call.request_id());
  if (written.ok()) return outcome;
  metrics_.CountAuditFailure();
  log::Error("audit_failed", {{"method", policy.method},
                              {"key_id", call.principal().key_id()},
                              {"outcome", CodeName(outcome.code())},
                              {"request_id", call.request_id()},
                              {"error", written}});
  if (policy.audit != AuditMode::kRequired || !outcome.ok()) return outcome;
  return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE",
               "the audit log cannot be written, so this is not answered");
}

}  // namespace duijie::rpc
