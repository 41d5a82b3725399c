// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/proto_time.h"

#include <gtest/gtest.h>

#include <limits>

namespace duijie {
namespace {

google::protobuf::Timestamp At(int64_t seconds, int32_t nanos) {
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(nanos);
  return time;
}

TEST(ProtoTimeTest, GoesThereAndBack) {
  for (const UnixMicros micros : {UnixMicros{0}, UnixMicros{1}, 1'700'000'000'123'456}) {
    EXPECT_EQ(MicrosOf(TimestampOf(micros)), micros);
  }
  EXPECT_EQ(TimestampOf(1'500'000).seconds(), 1);
  EXPECT_EQ(TimestampOf(1'500'000).nanos(), 500'000'000);
}

TEST(ProtoTimeTest, CutsToWholeMicroseconds) { EXPECT_EQ(MicrosOf(At(2, 1'999)), 2'000'001); }

TEST(ProtoTimeTest, TimesBeyondAllYearsAreTheFirstOrLast) {
  EXPECT_EQ(MicrosOf(At(std::numeric_limits<int64_t>::max(), 0)), kLastTimestampSecond * kMicrosPerSecond);
  EXPECT_EQ(MicrosOf(At(std::numeric_limits<int64_t>::min(), 0)), kFirstTimestampSecond * kMicrosPerSecond);
}

}  // namespace
}  // namespace duijie
