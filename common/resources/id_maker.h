// SPDX-License-Identifier: GPL-3.0-or-later
// Ids that the server makes up: 10 characters of the time in milliseconds, 16 random ones, in lower-case
// Crockford base 32 (the layout of a ULID). Ids of one import lie side by side in the store; nobody can guess
// the next one, and an id says nothing about what stands behind an anonymous record (so it is never a hash of
// its provenance).
#pragma once

#include <mutex>
#include <random>
#include <string>

#include "common/base/clock.h"

namespace duijie {

// Thread-safe.
class IdMaker {
 public:
  virtual ~IdMaker() = default;
  virtual std::string NewId(UnixMicros now) = 0;
};

// From the operating system's random device.
class RandomIdMaker final : public IdMaker {
 public:
  std::string NewId(UnixMicros now) override;

 private:
  std::mutex mutex_;
  std::random_device device_;  // protected by mutex_
};

// Reproducible, for tests: the random part counts up.
class CountingIdMaker final : public IdMaker {
 public:
  std::string NewId(UnixMicros now) override;

 private:
  std::mutex mutex_;
  uint64_t next_ = 1;  // protected by mutex_
};

}  // namespace duijie
