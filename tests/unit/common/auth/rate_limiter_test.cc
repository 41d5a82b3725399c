// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/rate_limiter.h"

#include <gtest/gtest.h>

namespace duijie {
namespace {

using std::chrono::milliseconds;

class RateLimiterTest : public ::testing::Test {
 protected:
  FakeClock clock_;
};

TEST_F(RateLimiterTest, ABurstPassesAndThenCallsWait) {
  RateLimiter limiter({10, 3, 100}, clock_);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.Acquire("k"), std::nullopt) << i;
  EXPECT_EQ(limiter.Acquire("k"), 100);
}

TEST_F(RateLimiterTest, WaitingAsToldIsEnough) {
  RateLimiter limiter({3, 1, 100}, clock_);
  EXPECT_EQ(limiter.Acquire("k"), std::nullopt);
  const auto wait = limiter.Acquire("k");
  ASSERT_EQ(wait, 334);
  clock_.Advance(milliseconds(*wait - 10));
  EXPECT_NE(limiter.Acquire("k"), std::nullopt);
  clock_.Advance(milliseconds(10));
  EXPECT_EQ(limiter.Acquire("k"), std::nullopt);
}

TEST_F(RateLimiterTest, KeysDoNotShareABucket) {
  RateLimiter limiter({1, 1, 100}, clock_);
  EXPECT_EQ(limiter.Acquire("a"), std::nullopt);
  EXPECT_EQ(limiter.Acquire("b"), std::nullopt);
  EXPECT_NE(limiter.Acquire("a"), std::nullopt);
}

TEST_F(RateLimiterTest, IdlingNeverGivesMoreThanTheBurst) {
  RateLimiter limiter({1000, 2, 100}, clock_);
  EXPECT_EQ(limiter.Acquire("k"), std::nullopt);
  clock_.Advance(std::chrono::hours(1));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(limiter.Acquire("k"), std::nullopt) << i;
  EXPECT_NE(limiter.Acquire("k"), std::nullopt);
}

TEST_F(RateLimiterTest, AClockSteppingBackNeitherRefillsNorBlocksForLong) {
  RateLimiter limiter({10, 1, 100}, clock_);
  EXPECT_EQ(limiter.Acquire("k"), std::nullopt);
  clock_.Advance(std::chrono::hours(-1));
  EXPECT_EQ(limiter.Acquire("k"), 100);
  clock_.Advance(milliseconds(100));
  EXPECT_EQ(limiter.Acquire("k"), std::nullopt);
}

TEST_F(RateLimiterTest, TheLongestUnusedKeyIsForgottenWhenFull) {
  RateLimiter limiter({1, 1, 2}, clock_);
  EXPECT_EQ(limiter.Acquire("a"), std::nullopt);
  EXPECT_EQ(limiter.Acquire("b"), std::nullopt);
  EXPECT_NE(limiter.Acquire("a"), std::nullopt);  // now b is the longest unused
  EXPECT_EQ(limiter.Acquire("c"), std::nullopt);
  EXPECT_EQ(limiter.size(), 2u);
  EXPECT_NE(limiter.Acquire("a"), std::nullopt);
  EXPECT_EQ(limiter.Acquire("b"), std::nullopt);
}

}  // namespace
}  // namespace duijie
