// SPDX-License-Identifier: GPL-3.0-or-later
// What verdicts have to see through: other words for one quantity, one word for other things, states and
// starts that stand between name and figure.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

struct WordingCase {
  std::string need;
  std::string achievement;
  Verdict verdict;
};

void PrintTo(const WordingCase& one, std::ostream* out) { *out << one.need << " / " << one.achievement; }

class HardVerdictTest : public ::testing::TestWithParam<WordingCase> {};

TEST_P(HardVerdictTest, IsJudgedAsAnExpertWould) {
  EXPECT_EQ(VerdictOf(GetParam().need, GetParam().achievement), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(
    Measures, HardVerdictTest,
    ::testing::Values(WordingCase{"碱单耗不超过20kg/t", "吨产品耗碱量16kg/t", kMet},
                      WordingCase{"制冰能力不低于120kg/小时", "制冰机每小时产冰150kg", kMet},
                      WordingCase{"穿刺力不小于4N", "袋膜耐穿刺性能为5.2N", kMet},
                      WordingCase{"观测精度不超过1cm", "水位计误差不超过5mm", kMet},
                      WordingCase{"包装速度不低于20包/分钟", "每分钟可完成25包的裹膜", kMet},
                      WordingCase{"农残去除率不低于80%", "清洗机对农药残留的去除率87%", kMet}));

INSTANTIATE_TEST_SUITE_P(
    OtherThings, HardVerdictTest,
    ::testing::Values(WordingCase{"羊绒平均细度不大于15.5μm", "绵羊毛平均细度15.2μm", kSilent},
                      WordingCase{"电池包质量不超过300kg", "电芯单体质量2.1kg", kSilent},
                      WordingCase{"人脸识别误识率低于0.01%", "活体检测误识率为0.008%", kSilent},
                      WordingCase{"缩松缺陷率不超过3%", "铸件成品率达到98.2%", kSilent},
                      WordingCase{"拉速不低于1.6mm/min", "目前行业普遍拉速为1.7mm/min", kSilent},
                      WordingCase{"合格率不低于99%", "合格率接近100%", kSilent}));

INSTANTIATE_TEST_SUITE_P(
    Changes, HardVerdictTest,
    ::testing::Values(WordingCase{"成材率提高3个百分点", "成材率由91.2%提高到95.0%", kMet},
                      WordingCase{"成材率提高4个百分点", "成材率由91.2%提高到95.0%", kMissed},
                      WordingCase{"切割效率提高到原来的2倍", "切割效率提高120%", kMet},
                      WordingCase{"焊接效率提高1倍", "焊接时间由30分钟减为12分钟", kMet},
                      WordingCase{"面积利用率提高30%", "立体库的面积利用率是平库的2.5倍", kMet},
                      WordingCase{"能耗降低12%", "吨产品电耗由21.5kWh降为17.8kWh", kMet},
                      WordingCase{"装配时间不超过60分钟", "装配时间由50分钟缩短了60%", kSilent},
                      WordingCase{"烧损率不超过2%", "烧损率由过去的3.2%降到1.8%", kMet}));

INSTANTIATE_TEST_SUITE_P(
    Conditions, HardVerdictTest,
    ::testing::Values(WordingCase{"常温下剪切强度不低于15MPa", "接头80℃剪切强度仍达18MPa", kMet},
                      WordingCase{"粘度不大于800mPa·s", "该树脂80℃粘度为350mPa·s", kPart},
                      WordingCase{"湿态摩擦系数不小于0.5", "干态摩擦系数0.55", kPart},
                      WordingCase{"干态摩擦系数不小于0.5", "湿态摩擦系数0.55", kMet},
                      WordingCase{"85℃/85%RH老化1000小时后功率衰减不超过5%", "双85老化2000h后功率衰减4%",
                                  kMet}));

INSTANTIATE_TEST_SUITE_P(Extremes, HardVerdictTest,
                         ::testing::Values(WordingCase{"耐压强度不低于35MPa", "耐压强度最低35MPa", kMet},
                                           WordingCase{"耐压强度不低于35MPa", "耐压强度最高可达38MPa", kPart},
                                           WordingCase{"噪声不超过70dB", "噪声最高68dB", kMet},
                                           WordingCase{"回收效率75%以上", "回收效率峰值达到78%", kPart},
                                           WordingCase{"水分12%～14%", "水分低于13%", kPart}));

INSTANTIATE_TEST_SUITE_P(
    Bridges, HardVerdictTest,
    ::testing::Values(WordingCase{"用水量不超过60吨/吨", "每公斤布用水量45升", kMet},
                      WordingCase{"污水处理成本不超过2元/m³", "每吨污水处理成本1.6元", kMet},
                      WordingCase{"孔径不超过0.16mm", "筛网为100目", kMet},
                      WordingCase{"分子量不低于100万", "分子量为1200kDa", kMet},
                      WordingCase{"白度不低于80", "白度83.5%", kMet},
                      WordingCase{"产量不低于4000个/小时", "日产量四万八千个，每天生产十二小时", kMet}));

TEST(HardExtractionTest, AStateBetweenNameAndFigureIsACondition) {
  const Indicator figure = First("绝缘电阻在干燥状态下为500MΩ。");
  EXPECT_EQ(figure.name, "绝缘电阻");
  EXPECT_EQ(figure.condition, "干燥");
}

TEST(HardExtractionTest, WhatSaysWhenIsNoPartOfTheName) {
  EXPECT_EQ(First("入口浓度变化时脱硫率为98%。").name, "脱硫率");
  EXPECT_EQ(First("触点在10A下压降为38mV。").name, "压降");
}

TEST(HardExtractionTest, AUnitPerPieceHoldsForBothEndsOfAChange) {
  EXPECT_EQ(First("每件成本从38元降低至31元。").unit, "元/件");
}

TEST(HardExtractionTest, AShareOfAWholeIsRead) {
  const Indicator share = First("酶成本占总成本的45%。");
  EXPECT_EQ(share.name, "酶成本");
  EXPECT_DOUBLE_EQ(share.value, 45);
}

TEST(HardExtractionTest, LowestIsNoBestValue) {
  const Indicator lowest = First("耐压强度最低35MPa。");
  EXPECT_TRUE(lowest.is_lowest);
  EXPECT_FALSE(lowest.is_highest);
  EXPECT_FALSE(First("耐压强度最高可达38MPa。").is_highest);
}

}  // namespace
}  // namespace duijie::indicator
