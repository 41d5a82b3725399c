// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace duijie {

std::optional<int64_t> RateLimiter::Acquire(std::string_view key) {
  const UnixMicros now = clock_.Now();
  std::lock_guard lock(mutex_);
  Bucket& bucket = Touch(key, now);
  // The wall clock may step back; then nothing is refilled.
  const double seconds = static_cast<double>(std::max<int64_t>(0, now - bucket.updated)) / 1e6;
  bucket.tokens = std::min(options_.burst, bucket.tokens + seconds * options_.per_second);
  bucket.updated = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  const double wait_ms = (1 - bucket.tokens) / options_.per_second * 1000;
  return std::max<int64_t>(1, static_cast<int64_t>(std::ceil(wait_ms)));
}

size_t RateLimiter::size() const {
  std::lock_guard lock(mutex_);
  return buckets_.size();
}

RateLimiter::Bucket& RateLimiter::Touch(std::string_view key, UnixMicros now) {
  if (auto found = by_key_.find(key); found != by_key_.end()) {
    buckets_.splice(buckets_.begin(), buckets_, found->second);
    return buckets_.front();
  }
  if (buckets_.size() >= options_.max_keys) {
    by_key_.erase(buckets_.back().key);
    buckets_.pop_back();
  }
  buckets_.push_front({std::string(key), options_.burst, now});
  by_key_.emplace(buckets_.front().key, buckets_.begin());
  return buckets_.front();
}

}  // namespace duijie
