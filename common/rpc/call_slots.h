// SPDX-License-Identifier: GPL-3.0-or-later
// How many calls of clients are worked on at once. Long calls (streams) get at most half, so that they cannot
// shut out the quick ones. Calls between roles take no slot: their client's call holds one already, and
// waiting for a second one could deadlock. Thread-safe.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "common/auth/policy.h"

namespace duijie::rpc {

class CallSlots {
 public:
  explicit CallSlots(int max_calls) : max_calls_(max_calls), max_long_(std::max(1, max_calls / 2)) {}

  // A slot, given back on destruction; false if there was none.
  class Slot {
   public:
    Slot() = default;
    Slot(CallSlots* slots, CallLength length) : slots_(slots), length_(length) {}
    Slot(Slot&& other) noexcept : slots_(other.slots_), length_(other.length_) { other.slots_ = nullptr; }
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (slots_ != nullptr) slots_->Give(length_);
    }
    explicit operator bool() const { return slots_ != nullptr; }

   private:
    CallSlots* slots_ = nullptr;
    CallLength length_ = CallLength::kQuick;
  };

  Slot Take(CallLength length) {
    if (all_.fetch_add(1) >= max_calls_) {
      all_.fetch_sub(1);
      return {};
    }
    if (length == CallLength::kLong && long_.fetch_add(1) >= max_long_) {
      Give(length);
      return {};
    }
    return {this, length};
  }

  // True once no slot is taken; false if that is not so by `deadline`.
  bool AwaitIdle(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    return idle_.wait_until(lock, deadline, [this] { return all_ == 0; });
  }

 private:
  void Give(CallLength length) {
    if (length == CallLength::kLong) long_.fetch_sub(1);
    if (all_.fetch_sub(1) == 1) {
      std::lock_guard lock(mutex_);
      idle_.notify_all();
    }
  }

  const int max_calls_;
  const int max_long_;
  std::atomic<int> all_ = 0;
  std::atomic<int> long_ = 0;
  std::mutex mutex_;
  std::condition_variable idle_;
};

}  // namespace duijie::rpc
