// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include "common/base/clock.h"

namespace duijie::matching {

// `micros` at or after 1970.
inline google::protobuf::Timestamp ToTimestamp(UnixMicros micros) {
  constexpr int64_t kMicros = 1'000'000;
  google::protobuf::Timestamp time;
  time.set_seconds(micros / kMicros);
  time.set_nanos(static_cast<int32_t>(micros % kMicros) * 1000);
  return time;
}

}  // namespace duijie::matching
