// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/base/calendar.h"

#include <gtest/gtest.h>

namespace duijie {
namespace {

TEST(ParseDayTest, TakesRealDaysInOneFormOnly) {
  ASSERT_TRUE(ParseDay("2024-02-29").has_value());
  EXPECT_EQ(FormatDay(*ParseDay("2024-02-29")), "2024-02-29");
  for (const char* text : {"", "2023-02-29", "2026-13-01", "2026-00-10", "2026-1-05", "2026/01/05",
                           "2026-01-05 ", "1799-12-31", "3000-01-01", "20a6-01-05"}) {
    EXPECT_FALSE(ParseDay(text).has_value()) << text;
  }
}

TEST(DayInChinaTest, ADayBeginsAtFourInTheAfternoonUtc) {
  constexpr UnixMicros kNewYear2027InChina = 1'798'732'800'000'000;  // 2026-12-31T16:00:00Z
  EXPECT_EQ(FormatDay(DayInChina(kNewYear2027InChina - 1)), "2026-12-31");
  EXPECT_EQ(FormatDay(DayInChina(kNewYear2027InChina)), "2027-01-01");
  EXPECT_EQ(FormatDay(DayInChina(-1)), "1970-01-01");
}

}  // namespace
}  // namespace duijie
