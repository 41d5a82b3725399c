// SPDX-License-Identifier: GPL-3.0-or-later
// What delivery does by itself, on a thread of its own: delivers digests, tells matching what was answered.
// Woken by every change of the store and once a second.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/resources/role_store.h"

namespace duijie::push {

class DeliveryWorker {
 public:
  // Takes up to `limit` items of some work and tells how many.
  using Step = std::function<StatusOr<size_t>(size_t limit)>;

  explicit DeliveryWorker(RoleStore& store) : store_(store) {}  // must outlive this
  ~DeliveryWorker() { Stop(); }

  // Before Start. `event`: name of the log line that tells of a failure.
  void Add(std::string event, Step step) { works_.push_back({std::move(event), std::move(step)}); }
  void Start();
  // Does not wait; Stop does.
  void AskToStop() { stopping_ = true; }
  void Stop();

  // One round: every work until nothing is left. Errors are logged and tried again in the next round.
  void Round();

 private:
  struct Work {
    std::string event;
    Step step;
  };
  RoleStore& store_;
  std::vector<Work> works_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace duijie::push
