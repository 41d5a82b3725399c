// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/housekeeper.h"

#include <chrono>

#include "common/log/log.h"

namespace duijie::catalog {
namespace {

constexpr std::chrono::seconds kRoundEvery(10);
constexpr size_t kStepsAtOnce = 500;

// Repeats `step`, which takes up to kStepsAtOnce items and tells how many, until nothing is left.
template <typename Step>
void Exhaust(const char* event, Step step) {
  for (;;) {
    const StatusOr<size_t> taken = step();
    if (!taken.ok()) log::Warn(event, {{"error", taken.status()}});
    if (!taken.ok() || *taken < kStepsAtOnce) return;
  }
}

}  // namespace

void Housekeeper::Round() {
  Exhaust("expiry_failed", [this] { return writer_.TakeDueExpiries(kStepsAtOnce); });
  Exhaust("forget_requests_failed", [this] { return writer_.requests().Forget(kStepsAtOnce); });
  if (const Status counted = counter_.CatchUp(false); !counted.ok())
    log::Warn("count_failed", {{"error", counted}});
}

void Housekeeper::Loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    Round();
    lock.lock();
    wake_.wait_for(lock, kRoundEvery, [this] { return stopping_; });
  }
}

void Housekeeper::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Housekeeper::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (!thread_.joinable()) return;
  thread_.join();
  if (const Status stored = counter_.CatchUp(true); !stored.ok())
    log::Warn("count_failed", {{"error", stored}});
}

}  // namespace duijie::catalog
