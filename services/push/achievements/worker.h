// SPDX-License-Identifier: GPL-3.0-or-later
// A thread of its own for what a part does by itself: a round at the start, then one every kCalm, or every
// kSoon as long as something is left. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace duijie::push {

class Worker {
 public:
  static constexpr std::chrono::milliseconds kSoon{1'000};
  static constexpr std::chrono::milliseconds kCalm{60'000};

  // `round` returns whether something is left to be tried again soon.
  explicit Worker(std::function<bool()> round) : round_(std::move(round)) {}
  ~Worker() { Stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void Start();
  // A round soon: something was left to do.
  void Wake();
  // No further round; does not wait.
  void TellToStop();
  // Returns after the round under way. May be called twice.
  void Stop();

 private:
  void Loop();

  const std::function<bool()> round_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // protected by mutex_
  bool woken_ = false;     // protected by mutex_
  std::thread thread_;
};

}  // namespace duijie::push
