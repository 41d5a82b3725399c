// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/write_gate.h"

namespace duijie::catalog {
namespace {
constexpr int64_t kRetryAfterMs = 1'000;
}

StatusOr<WriteGate::Pass> WriteGate::Enter(std::chrono::milliseconds max_wait) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, max_wait, [this] { return !alone_ && waiting_alone_ == 0; })) {
    return WithRetryAfter(Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "an import is being stored"),
                          kRetryAfterMs);
  }
  ++inside_;
  return Pass(this, false);
}

WriteGate::Pass WriteGate::EnterAlone() {
  std::unique_lock lock(mutex_);
  ++waiting_alone_;
  changed_.wait(lock, [this] { return !alone_ && inside_ == 0; });
  --waiting_alone_;
  alone_ = true;
  return Pass(this, true);
}

void WriteGate::Leave(bool alone) {
  {
    std::lock_guard lock(mutex_);
    if (alone) {
      alone_ = false;
    } else {
      --inside_;
    }
  }
  changed_.notify_all();
}

}  // namespace duijie::catalog
