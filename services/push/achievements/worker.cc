// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/achievements/worker.h"

namespace duijie::push {

void Worker::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Worker::Wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void Worker::TellToStop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
}

void Worker::Stop() {
  TellToStop();
  if (thread_.joinable()) thread_.join();
}

void Worker::Loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const bool left = round_();
    lock.lock();
    // Something that has just failed is not tried at once again.
    if (left) {
      changed_.wait_for(lock, kSoon, [this] { return stopping_; });
    } else {
      changed_.wait_for(lock, kCalm, [this] { return stopping_ || woken_; });
    }
    woken_ = false;
  }
}

}  // namespace duijie::push
