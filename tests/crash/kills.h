// SPDX-License-Identifier: GPL-3.0-or-later
// SIGKILL to a daemon at random moments, while somebody writes one call after the other.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include "tests/support/cluster.h"

namespace duijie::testing {

inline int FromEnvironment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::atoi(text);
}

// A UUID of its own for every number.
inline std::string RequestId(int number) {
  char text[40];
  std::snprintf(text, sizeof(text), "00000000-0000-4000-8000-%012d", number);
  return text;
}

// A daemon that died answers nothing; any other refusal is a failure of the test.
inline bool Answered(const grpc::Status& status) {
  if (status.ok()) return true;
  const auto code = status.error_code();
  EXPECT_TRUE(code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::CANCELLED)
      << code << " " << status.error_message();
  return false;
}

// Runs `act` on a thread of its own; it calls what it is given after each acknowledged write and returns once
// the daemon is dead. Kills the process of `role` after at most `most_writes` of them and a moment that is
// random too, so that the write under way is met at any point; then starts it again.
inline void RunAndKill(Cluster& cluster, const std::string& role, int most_writes, std::mt19937_64& random,
                       const std::function<void(const std::function<void()>& told)>& act) {
  constexpr int kLongestMoment = 3'000;  // µs
  const int enough = 1 + static_cast<int>(random() % static_cast<uint64_t>(most_writes));
  const std::chrono::microseconds moment(random() % kLongestMoment);
  std::mutex mutex;
  std::condition_variable changed;
  int writes = 0;
  bool ended = false;
  std::thread actor([&] {
    act([&] {
      const std::lock_guard lock(mutex);
      ++writes;
      changed.notify_all();
    });
    const std::lock_guard lock(mutex);
    ended = true;
    changed.notify_all();
  });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return writes >= enough || ended; });
    changed.wait_for(lock, moment, [&] { return ended; });
  }
  cluster.Kill(role);
  actor.join();
  cluster.Start();
}

}  // namespace duijie::testing
