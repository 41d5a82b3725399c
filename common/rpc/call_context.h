// SPDX-License-Identifier: GPL-3.0-or-later
// What a handler knows of the call it serves.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "common/auth/principal.h"
#include "common/status/status.h"

namespace duijie::rpc {

class CallContext {
 public:
  CallContext(Principal principal, std::string request_id, std::chrono::system_clock::time_point deadline,
              std::function<bool()> cancelled)
      : principal_(std::move(principal)),
        request_id_(std::move(request_id)),
        deadline_(deadline),
        cancelled_(std::move(cancelled)) {}

  const Principal& principal() const { return principal_; }
  const std::string& request_id() const { return request_id_; }
  std::chrono::system_clock::time_point deadline() const { return deadline_; }

  // True when the client has gone or its deadline has passed; long work asks between steps and stops.
  bool Cancelled() const { return cancelled_ && cancelled_(); }
  // OK, DEADLINE_EXCEEDED or CANCELLED, with reason CALLER_GONE.
  Status CheckAlive() const {
    if (!Cancelled()) return OkStatus();
    if (std::chrono::system_clock::now() >= deadline_) {
      return Error(StatusCode::kDeadlineExceeded, "CALLER_GONE", "the deadline of the call has passed");
    }
    return Error(StatusCode::kCancelled, "CALLER_GONE", "the caller went away");
  }

  // The record this call is about, for the audit log.
  void set_audit_record(std::string name) { audit_record_ = std::move(name); }
  const std::string& audit_record() const { return audit_record_; }

  // A call of the daemon itself, e.g. by a follower: system principal, no client behind it.
  static CallContext ForSystem(std::chrono::milliseconds timeout) {
    return {SystemPrincipal(), "system", std::chrono::system_clock::now() + timeout, nullptr};
  }

 private:
  Principal principal_;
  std::string request_id_;
  std::chrono::system_clock::time_point deadline_;
  std::function<bool()> cancelled_;
  std::string audit_record_;
};

}  // namespace duijie::rpc
