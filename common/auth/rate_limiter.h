// SPDX-License-Identifier: GPL-3.0-or-later
// A token bucket per API key: `burst` calls at once, refilled at `per_second`. Thread-safe.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/base/clock.h"

namespace duijie {

class RateLimiter {
 public:
  struct Options {
    double per_second = 200;  // > 0
    double burst = 400;       // ≥ 1
    // Buckets kept; beyond it the one unused for longest is forgotten, which at worst gives its key a new
    // burst.
    size_t max_keys = 10'000;
  };

  // `clock` must outlive the limiter.
  RateLimiter(Options options, const Clock& clock) : options_(options), clock_(clock) {}

  // Takes one token of `key`; if there is none, tells after how many milliseconds (≥ 1) there will be.
  std::optional<int64_t> Acquire(std::string_view key);

  size_t size() const;

 private:
  struct Bucket {
    std::string key;
    double tokens;
    UnixMicros updated;
  };

  Bucket& Touch(std::string_view key, UnixMicros now);

  const Options options_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::list<Bucket> buckets_;  // latest used first; owns the text of each key
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

}  // namespace duijie
