// SPDX-License-Identifier: GPL-3.0-or-later
// Our clock's time and that of messages.
#pragma once

#include <algorithm>

#include <google/protobuf/timestamp.pb.h>

#include "common/base/clock.h"

namespace duijie {

// What google/protobuf/timestamp.proto allows: from the year 1 to the end of 9999.
inline constexpr int64_t kFirstTimestampSecond = -62'135'596'800;
inline constexpr int64_t kLastTimestampSecond = 253'402'300'799;

// `micros` at or after 1970.
inline google::protobuf::Timestamp TimestampOf(UnixMicros micros) {
  google::protobuf::Timestamp time;
  time.set_seconds(micros / kMicrosPerSecond);
  time.set_nanos(static_cast<int32_t>(micros % kMicrosPerSecond * 1'000));
  return time;
}

// Cut to whole microseconds. What a client sends may be any number: beyond the years allowed it counts as
// their first or last second.
inline UnixMicros MicrosOf(const google::protobuf::Timestamp& time) {
  const int64_t seconds = std::clamp(time.seconds(), kFirstTimestampSecond, kLastTimestampSecond);
  return seconds * kMicrosPerSecond + time.nanos() / 1'000;
}

}  // namespace duijie
