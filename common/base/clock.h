// SPDX-License-Identifier: GPL-3.0-or-later
// Wall-clock time, injected so that tests own it. Nothing below services/duijied calls the system clock
// itself.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace duijie {

// Microseconds since 1970-01-01T00:00:00Z.
using UnixMicros = int64_t;

inline constexpr UnixMicros kMicrosPerSecond = 1'000'000;
inline constexpr UnixMicros kMicrosPerDay = 24 * 3'600 * kMicrosPerSecond;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixMicros Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  UnixMicros Now() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
};

// A clock that moves only when told. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(UnixMicros now = 1'700'000'000'000'000) : now_(now) {}
  UnixMicros Now() const override { return now_.load(); }
  void Advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  std::atomic<UnixMicros> now_;
};

}  // namespace duijie
