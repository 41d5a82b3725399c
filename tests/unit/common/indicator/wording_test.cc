// SPDX-License-Identifier: GPL-3.0-or-later
// Ways of writing that were misread once, each with the class it stands for.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

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

struct Pair {
  const char* need;
  const char* achievement;
  Verdict verdict;
};

class PairTest : public ::testing::TestWithParam<Pair> {};

TEST_P(PairTest, IsJudged) {
  const Pair& pair = GetParam();
  EXPECT_EQ(VerdictOf(pair.need, pair.achievement), pair.verdict) << pair.need << " | " << pair.achievement;
}

INSTANTIATE_TEST_SUITE_P(
    Substances, PairTest,
    ::testing::Values(Pair{"铁水硫含量低于0.005%。", "脱硫后铁水[S]为0.003%。", Verdict::kSatisfied},
                      Pair{"残留溶剂甲醇不超过3000ppm。", "甲醇残留量为850ppm。", Verdict::kSatisfied},
                      Pair{"铅含量低于0.1mg/kg。", "镉含量0.02mg/kg。", Verdict::kNotStated},
                      Pair{"钠含量降低25%。", "低钠配方减钠30%。", Verdict::kSatisfied}));

INSTANTIATE_TEST_SUITE_P(
    OneWordForManyQuantities, PairTest,
    ::testing::Values(Pair{"播种深度3～5cm。", "耕作深度25cm。", Verdict::kNotStated},
                      Pair{"面料经向断裂强力不低于800N。", "面料纬向断裂强力850N。", Verdict::kNotStated},
                      Pair{"回收率不低于95%。", "理论回收率可达98%。", Verdict::kNotStated},
                      Pair{"管道机器人设备总长度不超过32米，适应弯道。", "碳纳米管长度1～2微米。",
                           Verdict::kNotStated},
                      Pair{"整机重量不超过50公斤。", "重量传感器0.01公斤。", Verdict::kNotStated},
                      Pair{"系统响应时间不超过15毫秒。", "烧结时间约40分钟。", Verdict::kNotStated}));

INSTANTIATE_TEST_SUITE_P(
    Hands, PairTest,
    ::testing::Values(Pair{"操作人员不超过3人/班。", "自动线每班仅需2人。", Verdict::kSatisfied},
                      Pair{"每条线用工不多于5人。", "公司现有员工4人。", Verdict::kNotStated}));

INSTANTIATE_TEST_SUITE_P(
    Changes, PairTest,
    ::testing::Values(Pair{"能耗降低20%。", "改造后能耗上升了3%。", Verdict::kViolated},
                      Pair{"每亩增产不少于50公斤。", "每公顷增产900kg。", Verdict::kSatisfied},
                      Pair{"作业效率提高50%。", "作业效率是人工的8倍。", Verdict::kSatisfied},
                      Pair{"成本降低30%。", "成本仅为进口产品的60%。", Verdict::kSatisfied}));

INSTANTIATE_TEST_SUITE_P(
    Negations, PairTest,
    ::testing::Values(Pair{"平面度不大于0.02mm。", "大尺寸工件平面度无法保证0.02mm。", Verdict::kViolated},
                      Pair{"颗粒粒径不超过150μm。", "产品全部通过120目筛。", Verdict::kSatisfied},
                      Pair{"工作温度-30～70℃。", "控制器可在-40℃至80℃环境工作。", Verdict::kSatisfied}));

INSTANTIATE_TEST_SUITE_P(
    Units, PairTest,
    ::testing::Values(Pair{"可溶性固形物不低于12%。", "果汁糖度13.5°Bx。", Verdict::kSatisfied},
                      Pair{"局部放电量不大于5pC。", "成品电缆局放水平2pC。", Verdict::kSatisfied},
                      Pair{"制冷量不低于100kW。", "机组制冷量为30冷吨。", Verdict::kSatisfied},
                      Pair{"设备造价不超过30万元。", "样机造价约28.5万。", Verdict::kSatisfied},
                      Pair{"分度误差不大于30角秒。", "分度误差0.005度。", Verdict::kSatisfied},
                      Pair{"有效活菌数不低于5亿/克。", "有效活菌数8亿CFU/g。", Verdict::kSatisfied},
                      Pair{"备份速度不低于3TB/h。", "备份速度为1.2GB/s。", Verdict::kSatisfied},
                      Pair{"传输速率不低于10Gbps。", "传输速率1.2GB/s。", Verdict::kViolated},
                      Pair{"脉冲宽度不超过500fs。", "脉冲宽度为0.3ps。", Verdict::kSatisfied},
                      Pair{"焊接速度不低于100排/分。", "焊接速度120排/分钟。", Verdict::kSatisfied}));

INSTANTIATE_TEST_SUITE_P(
    OfOne, PairTest,
    ::testing::Values(
        Pair{"发酵罐的容积为200m³。", "每台容积二十万升。", Verdict::kSatisfied},
        Pair{"单台风机的风量不小于40000m³/h。", "风量为每台每分钟700立方米。", Verdict::kSatisfied},
        Pair{"作业速度不低于1.5m/s。", "作业时速5.0公里。", Verdict::kViolated},
        Pair{"吨水电耗不超过0.6kWh。", "每净化一立方米生活污水用电0.75度。", Verdict::kViolated}));

INSTANTIATE_TEST_SUITE_P(
    Bounds, PairTest,
    ::testing::Values(Pair{"平面坐标误差不超过10mm。", "平面坐标误差都没有超过8mm。", Verdict::kSatisfied},
                      Pair{"切削液用量降低50%以上。", "切削液用量由120L变为72L。", Verdict::kViolated},
                      Pair{"风机节电率不低于30%。", "风机节电31.5%。", Verdict::kSatisfied}));

}  // namespace
}  // namespace duijie::indicator
