// SPDX-License-Identifier: GPL-3.0-or-later
// Our clock's time and that of messages.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include "common/base/clock.h"

namespace duijie {

// `micros` at or after 1970.
inline google::protobuf::Timestamp TimestampOf(UnixMicros micros) {
  google::protobuf::Timestamp time;
  time.set_seconds(micros / kMicrosPerSecond);
  time.set_nanos(static_cast<int32_t>(micros % kMicrosPerSecond * 1'000));
  return time;
}

// Cut to whole microseconds.
inline UnixMicros MicrosOf(const google::protobuf::Timestamp& time) {
  return time.seconds() * kMicrosPerSecond + time.nanos() / 1'000;
}

}  // namespace duijie
