// SPDX-License-Identifier: GPL-3.0-or-later
// Figures whose unit stands in the heading of a table, and what is judged by them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(TableHeadingTest, TheUnitStandsBehindAStrokeOrInBrackets) {
  for (const char* text :
       {"拉伸强度/MPa 20.5", "拉伸强度（MPa）：20.5", "拉伸强度(MPa)20.5", "拉伸强度/(MPa) 20.5"}) {
    const auto found = Extract(text);
    ASSERT_THAT(found, SizeIs(1)) << text;
    EXPECT_EQ(found[0].unit, "MPa") << text;
    EXPECT_EQ(found[0].value, 20.5) << text;
    EXPECT_EQ(found[0].name, "拉伸强度") << text;
  }
}

TEST(TableHeadingTest, ACellBehindTheAskedOneIsWhatWasMeasured) {
  const auto found = Extract("弯曲强度/MPa ≥8 10.6 吸水率/% ≤5 3.2");
  ASSERT_THAT(found, SizeIs(4));
  EXPECT_EQ(found[0].comparator, Comparator::kAtLeast);
  EXPECT_EQ(found[1].comparator, Comparator::kEqual);
  EXPECT_EQ(found[1].name, "弯曲强度");
  EXPECT_EQ(found[1].unit, "MPa");
  EXPECT_EQ(found[3].value, 3.2);
  EXPECT_EQ(VerdictOf("弯曲强度不低于10MPa。", "弯曲强度/MPa ≥8 10.6 吸水率/% ≤5 3.2"), Verdict::kSatisfied);
}

TEST(TableHeadingTest, HeadingsInARowBelongToNobody) {
  for (const Indicator& figure : Extract("长度/mm 宽度/mm 高度/mm 100 200 300")) {
    EXPECT_THAT(figure.unit, IsEmpty()) << figure.name;
  }
}

TEST(TableHeadingTest, AUnitOfMoneyIsNoHeading) {
  for (const Indicator& figure : Extract("价格元/吨 300")) EXPECT_NE(figure.unit, "吨");
}

}  // namespace
}  // namespace duijie::indicator
