// SPDX-License-Identifier: GPL-3.0-or-later
// Calls of peers by work in the background, which nobody waits for. Pure.
#pragma once

#include <chrono>
#include <functional>
#include <utility>

#include "common/auth/principal.h"
#include "common/rpc/call_context.h"

namespace duijie::push {

inline constexpr std::chrono::seconds kEngineCallTimeout{60};

// Acts for `principal`.
inline rpc::CallContext EngineCall(Principal principal) {
  return {std::move(principal), "campaign", rpc::CallContext::ForSystem(kEngineCallTimeout).deadline(),
          nullptr};
}

// How work in the background ends early: asked between steps; `Pause` is false if it has to end.
class Stopper {
 public:
  virtual ~Stopper() = default;
  virtual bool Stopping() const = 0;
  virtual bool Pause(std::chrono::milliseconds time) = 0;

  Status CheckGoesOn() const {
    return Stopping() ? Error(StatusCode::kCancelled, "CALLER_GONE", "stopping") : OkStatus();
  }
};

}  // namespace duijie::push
