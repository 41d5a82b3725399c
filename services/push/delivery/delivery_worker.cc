// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/delivery_worker.h"

#include "common/log/log.h"

namespace duijie::push {
namespace {

constexpr size_t kItemsAtOnce = 200;
constexpr std::chrono::milliseconds kRoundEvery{1'000};

}  // namespace

void DeliveryWorker::Round() {
  for (const Work& work : works_) {
    for (size_t taken = kItemsAtOnce; taken == kItemsAtOnce && !stopping_;) {
      const StatusOr<size_t> done = work.step(kItemsAtOnce);
      if (!done.ok()) log::Warn(work.event, {{"error", done.status()}});
      taken = done.value_or(0);
    }
  }
}

void DeliveryWorker::Start() {
  thread_ = std::thread([this] {
    while (!stopping_) {
      const Revision seen = store_.log().CurrentRevision();
      Round();
      if (!stopping_) store_.log().WaitForChange(seen, kRoundEvery);
    }
  });
}

void DeliveryWorker::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

}  // namespace duijie::push
