// SPDX-License-Identifier: GPL-3.0-or-later
// A value that a test sets while threads of a server read it.
#pragma once

#include <mutex>
#include <utility>

namespace duijie::testing {

template <typename T>
class Guarded {
 public:
  Guarded() = default;
  explicit Guarded(T value) : value_(std::move(value)) {}

  Guarded& operator=(T value) {
    const std::lock_guard lock(mutex_);
    value_ = std::move(value);
    return *this;
  }

  T Get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  T value_;
};

}  // namespace duijie::testing
