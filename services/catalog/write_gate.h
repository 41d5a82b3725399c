// SPDX-License-Identifier: GPL-3.0-or-later
// Lets single writes run side by side, and a part of an import alone. An import that waits goes before writes
// that come later, so it cannot starve. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "common/status/status.h"

namespace duijie::catalog {

class WriteGate {
 public:
  // Leaves the gate when destroyed.
  class Pass {
   public:
    Pass(WriteGate* gate, bool alone) : gate_(gate), alone_(alone) {}
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)), alone_(other.alone_) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) gate_->Leave(alone_);
    }

   private:
    WriteGate* gate_;
    bool alone_;
  };

  // UNAVAILABLE PEER_UNAVAILABLE with a retry delay if the gate is not free within `max_wait`.
  StatusOr<Pass> Enter(std::chrono::milliseconds max_wait);
  // Waits as long as it takes.
  Pass EnterAlone();

 private:
  void Leave(bool alone);

  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;         // protected by mutex_
  int waiting_alone_ = 0;  // protected by mutex_
  bool alone_ = false;     // protected by mutex_
};

}  // namespace duijie::catalog
