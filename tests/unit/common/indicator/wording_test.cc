// SPDX-License-Identifier: GPL-3.0-or-later
// Ways of writing that were misread once, each with the class it stands for.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/indicator/compare.h"

namespace duijie::indicator {
namespace {

const NameTable& Names() {
  static const auto names =
      NameTable::Load(std::filesystem::path(DUIJIE_SOURCE_DIR) / "data" / "indicators" / "names.tsv");
  EXPECT_TRUE(names.ok());
  return **names;
}

Indicator First(const std::string& text) {
  const auto found = Extract(text);
  EXPECT_FALSE(found.empty()) << text;
  return found.empty() ? Indicator{} : found.front();
}

Verdict VerdictOf(const std::string& need, const std::string& achievement) {
  return Judge({First(need), need}, ReadStated(achievement, Names()), Names()).verdict;
}

TEST(WordingTest, ARiseInAPlaceIsItsEnd) {
  const Indicator end = First("提高产品一次合格率在98.8%以上。");
  EXPECT_EQ(end.comparator, Comparator::kAtLeast);
  EXPECT_EQ(end.name, "产品一次合格率");
  EXPECT_EQ(First("提高产品合格率5%。").comparator, Comparator::kIncreaseBy);
}

TEST(WordingTest, RangesInBracketsTakeWhatStandsBehind) {
  const Indicator expansion = First("热膨胀系数(3.2～3.5)×10⁻⁶/℃。");
  EXPECT_EQ(expansion.comparator, Comparator::kBetween);
  EXPECT_DOUBLE_EQ(expansion.value, 3.2e-6);
  EXPECT_EQ(expansion.unit, "/℃");
  EXPECT_EQ(First("热导率(20～25)W/(m·K)。").unit, "W/(m·K)");
}

TEST(WordingTest, WordsThatHoldAParticleStayWhole) {
  EXPECT_EQ(First("系统可用性不低于99.9%。").name, "系统可用性");
  EXPECT_EQ(First("料肉比低于2.6。").name, "料肉比");
  EXPECT_EQ(First("透射比为0.92。").name, "透射比");
}

TEST(WordingTest, WeeksAreATime) {
  const Indicator weeks = First("交货周期为两周。");
  EXPECT_EQ(weeks.unit, "周");
  EXPECT_DOUBLE_EQ(weeks.value, 2);
}

TEST(WordingTest, AWayIsNoQuantity) {
  const auto found = Extract("材料利用率只有82%，希望通过智能排版提升到90%以上。");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].name, "材料利用率");
}

TEST(WordingTest, WhatSomethingEnduresIsNamedBehind) {
  EXPECT_EQ(First("通过了480h中性盐雾试验。").name, "中性盐雾试验");
  EXPECT_EQ(First("可承受40MPa压力而不泄漏。").name, "压力");
}

TEST(WordingTest, VerbsNameQuantitiesWithTheirUnits) {
  EXPECT_EQ(VerdictOf("续航时间不少于60分钟。", "单次可飞行75分钟。"), Verdict::kSatisfied);
  EXPECT_EQ(VerdictOf("无人机载荷不少于20公斤。", "可携带25kg药液。"), Verdict::kSatisfied);
  EXPECT_EQ(VerdictOf("续航时间不少于60分钟。", "充电时间为75分钟。"), Verdict::kNotStated);
}

TEST(WordingTest, ChangesThatANameTellsAreCompared) {
  EXPECT_EQ(VerdictOf("降低盐含量20%以上。", "减盐率达到25%。"), Verdict::kSatisfied);
  EXPECT_EQ(VerdictOf("COD去除率≥90%。", "COD从2000mg/L降至150mg/L。"), Verdict::kSatisfied);
  EXPECT_EQ(VerdictOf("COD去除率≥90%。", "COD从2000mg/L降至800mg/L。"), Verdict::kViolated);
}

TEST(WordingTest, NeighboursAnswerWhereUnitsConvert) {
  EXPECT_EQ(VerdictOf("制氢能耗低于4.5kWh/Nm³。", "单位制氢电耗为4.2度/标方。"), Verdict::kSatisfied);
  EXPECT_EQ(VerdictOf("灌溉水利用系数0.85以上。", "灌溉水利用率提高到0.9。"), Verdict::kSatisfied);
}

TEST(WordingTest, SubstancesAreToldApart) {
  EXPECT_EQ(VerdictOf("养殖尾水氨氮去除率不低于90%。", "人工湿地对养殖尾水总磷的去除率为95%。"),
            Verdict::kNotStated);
}

TEST(WordingTest, PlansAndBestCasesMayStandInTheClauseBefore) {
  EXPECT_EQ(VerdictOf("苯酚转化率不低于95%。", "在最优条件下，苯酚转化率为97.2%。"), Verdict::kPartly);
  EXPECT_EQ(VerdictOf("焊接一次通过率98%以上。", "预计项目达产后，焊接一次通过率为99%。"),
            Verdict::kNotStated);
}

TEST(WordingTest, YearlyAndDailyOutputNeedTheDaysOfTheYear) {
  EXPECT_EQ(VerdictOf("年产能不低于10000吨。", "连续化装置日产30吨。"), Verdict::kNotStated);
  EXPECT_EQ(VerdictOf("处理量不低于300t/d。", "年处理12万吨（按年运行330天计）。"), Verdict::kSatisfied);
}

}  // namespace
}  // namespace duijie::indicator
