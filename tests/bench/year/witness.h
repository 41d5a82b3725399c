// SPDX-License-Identifier: GPL-3.0-or-later
// A client that follows WatchPushes for the whole year on a thread of its own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/bench/year/system.h"

namespace duijie::bench {

class Witness {
 public:
  // Returns once the stream is open. `party` must outlive this.
  explicit Witness(const Party& party);
  ~Witness();

  // Waits until `events` were heard or nothing is heard for a while; then what was heard, in order.
  std::vector<v1::PushEvent> Heard(size_t events);

 private:
  void Follow();

  const std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchPushesResponse>> stream_;
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<v1::PushEvent> heard_;
  std::thread thread_;
};

}  // namespace duijie::bench
