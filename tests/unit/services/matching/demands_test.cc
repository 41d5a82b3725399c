// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/demands.h"

#include <gmock/gmock.h>

#include <cmath>

#include "common/demand/demand_reader.h"
#include "common/text/encoding.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::Need NeedWith(const std::string& description) {
  v1::Need need;
  need.set_title("高强钢紧固件的制造");
  need.set_description(description);
  return need;
}

// "name demand" of each.
std::vector<std::string> DemandTexts(const v1::Need& need) {
  std::vector<std::string> texts;
  for (const Demand& demand : DemandsOf(SourceOf(need), *testing::SharedNames()))
    texts.push_back(demand.target.indicator.name + " " + demand.text);
  return texts;
}

std::vector<std::string> DemandTexts(const std::string& description) {
  return DemandTexts(NeedWith(description));
}

v1::Indicator Target(const std::string& name, v1::Comparator comparator, double value,
                     const std::string& unit) {
  v1::Indicator target;
  target.set_name(name);
  target.set_comparator(comparator);
  target.set_value(value);
  target.set_unit(unit);
  return target;
}

TEST(DemandsTest, ReadsWhatIsWishedAndQuotesTheSentence) {
  const v1::Need need = NeedWith("螺栓断裂较多。要求抗拉强度不低于1000MPa，伸长率≥12%。请提供方案。");
  const std::vector<Demand> demands = DemandsOf(SourceOf(need), *testing::SharedNames());
  ASSERT_EQ(demands.size(), 2U);
  EXPECT_EQ(demands[0].target.indicator.name, "抗拉强度");
  EXPECT_EQ(demands[0].text, "≥ 1000 MPa");
  EXPECT_EQ(demands[0].quote, "要求抗拉强度不低于1000MPa，伸长率≥12%");
  EXPECT_EQ(demands[1].text, "≥ 12 %");
}

TEST(DemandsTest, WhatIsSoTodayIsNoDemand) {
  EXPECT_THAT(DemandTexts("目前产品抗拉强度达到800MPa以上，废品率8%。"), IsEmpty());
  EXPECT_THAT(DemandTexts("现有工艺能耗不低于350kWh。"), IsEmpty());
  EXPECT_THAT(DemandTexts("现在氧化烧损率为1.5%，希望能把烧损率降低到1.0%以下。"),
              ElementsAre("烧损率 ≤ 1 %"));
}

TEST(DemandsTest, TheFirmItsMoneyAndItsOutputAreNoDemands) {
  EXPECT_THAT(DemandTexts("要求合作方了解：公司占地80亩，投资3."
                          "2亿元，年产值超过2亿元，年产铸件不低于3万吨，员工不少于300人。"),
              IsEmpty());
}

TEST(DemandsTest, ASentenceThatOnlyTellsSomethingIsNoDemand) {
  EXPECT_THAT(DemandTexts("汽车重量降低1%，油耗可降低0.7%。"), IsEmpty());
  EXPECT_THAT(DemandTexts("对于直径超过5米的大型转盘轴承，淬火后软带较宽。"), IsEmpty());
}

TEST(DemandsTest, HeadingsSayWhatFollows) {
  const std::string goal = "预期目标：硬度达到60HRC以上，结合强度35MPa以上。";
  const std::string base = "工作基础：试制的涂层硬度达到55HRC以上。";
  EXPECT_THAT(DemandTexts(goal), ElementsAre("硬度 ≥ 60 HRC", "结合强度 ≥ 35 MPa"));
  EXPECT_THAT(DemandTexts(base), IsEmpty());
  EXPECT_THAT(DemandTexts(goal + base), ElementsAre("硬度 ≥ 60 HRC", "结合强度 ≥ 35 MPa"));
}

TEST(DemandsTest, BaselinesOfRelativeFiguresAreNotToday) {
  EXPECT_THAT(DemandTexts("要求电耗比现有工艺降低20%以上。"), ElementsAre("电耗 降低 20 %"));
}

TEST(DemandsTest, WordsThatOnlyHoldAWishAreNone) {
  EXPECT_THAT(DemandTexts("模拟结果表明，合格率达到98%以上。"), IsEmpty());
  EXPECT_THAT(DemandTexts("主要产品合格率达到98%以上。"), IsEmpty());
}

TEST(DemandsTest, CurrentPracticeIsReadForWishesOnly) {
  v1::Need need = NeedWith("");
  need.set_current_practice("热处理后抗拉强度不低于800MPa。客户要求抗拉强度不低于1000MPa。");
  EXPECT_THAT(DemandTexts(need), ElementsAre("抗拉强度 ≥ 1000 MPa"));
}

TEST(DemandsTest, ReadsTitleAndSpecificationOfTheProductToReplace) {
  v1::Need need = NeedWith("");
  need.set_title("寻求耐压≥10MPa的密封件");
  need.mutable_import_substitution()->set_product("密封件");
  need.mutable_import_substitution()->set_specification("摩擦系数不大于0.1");
  EXPECT_THAT(DemandTexts(need), ElementsAre("耐压 ≥ 10 MPa", "摩擦系数 ≤ 0.1"));
}

TEST(DemandsTest, WhatWasTriedOrIsRuledOutIsNotRead) {
  v1::Need need = NeedWith("");
  need.set_tried("要求抗拉强度不低于700MPa的方案已试过");
  need.set_must_not("须避免温度高于900℃");
  EXPECT_THAT(DemandTexts(need), IsEmpty());
}

TEST(DemandsTest, StructuredTargetsComeFirstAndAreNotRepeated) {
  v1::Need need = NeedWith("要求抗拉强度不低于1000MPa，伸长率不低于12%。");
  *need.add_targets() = Target("抗拉强度", v1::COMPARATOR_AT_LEAST, 1000, "MPa");
  need.add_targets()->set_name("外观");  // without a value: no demand in figures
  const std::vector<Demand> demands = DemandsOf(SourceOf(need), *testing::SharedNames());
  ASSERT_EQ(demands.size(), 2U);
  EXPECT_EQ(demands[0].text, "≥ 1000 MPa");
  EXPECT_EQ(demands[0].quote, "");
  EXPECT_EQ(demands[1].target.indicator.name, "伸长率");
}

TEST(DemandsTest, ABareFigureIsReadAsTheBoundItIsMeantToBe) {
  const v1::Need need = NeedWith("技术指标：使用寿命5年，运行噪声60dB，设计压力10MPa。");
  const std::vector<Demand> demands = DemandsOf(SourceOf(need), *testing::SharedNames());
  ASSERT_EQ(demands.size(), 3U);
  EXPECT_EQ(demands[0].target.indicator.comparator, indicator::Comparator::kAtLeast);
  EXPECT_EQ(demands[0].text, "5 年（按不低于理解）");
  EXPECT_EQ(demands[1].target.indicator.comparator, indicator::Comparator::kAtMost);
  EXPECT_FALSE(demands[1].is_bare);
  EXPECT_EQ(demands[2].target.indicator.comparator, indicator::Comparator::kEqual);
  EXPECT_TRUE(demands[2].is_bare);
}

TEST(DemandsTest, ABareFigureOfWhatIsBetterSmallIsAnUpperBound) {
  const v1::Need need = NeedWith("技术指标：平面度0.02mm，出水总磷0.3mg/L。");
  const std::vector<Demand> demands = DemandsOf(SourceOf(need), *testing::SharedNames());
  ASSERT_EQ(demands.size(), 2U);
  for (const Demand& demand : demands)
    EXPECT_EQ(demand.target.indicator.comparator, indicator::Comparator::kAtMost) << demand.text;
}

TEST(DemandsTest, AWishWithoutANameIsNamedByTheFigureBefore) {
  EXPECT_THAT(DemandTexts("壁厚1.5mm，加工后翘曲0.5mm以上，靠钳工校形。希望控制到0.1mm以内。"),
              ElementsAre("翘曲 ≤ 0.1 mm"));
  // Of another unit, or farther away than the sentence before.
  EXPECT_THAT(DemandTexts("炉温450℃。希望控制到0.1mm以内。"), IsEmpty());
  EXPECT_THAT(DemandTexts("翘曲0.5mm以上。靠钳工校形。希望控制到0.1mm以内。"), IsEmpty());
}

TEST(DemandsTest, WhatSomethingTakesIsNoDemand) {
  EXPECT_THAT(DemandTexts("离心过滤要6小时以上。"), IsEmpty());
  EXPECT_THAT(DemandTexts("网式过滤器半天就要拆洗。"), IsEmpty());
  EXPECT_THAT(DemandTexts("每批要煎煮2次，药渣含水率70%以上。"), IsEmpty());
  EXPECT_THAT(DemandTexts("现捕收剂需加温到38℃以上。"), IsEmpty());
  EXPECT_THAT(DemandTexts("一道缝要焊9个小时以上。"), IsEmpty());
  EXPECT_THAT(DemandTexts("一台设备的效率要达到95%以上。"), SizeIs(1));
  EXPECT_THAT(DemandTexts("保质期要6个月以上。"), ElementsAre("保质期 ≥ 6 个月"));
  EXPECT_THAT(DemandTexts("一个产品的合格率要到95%以上。"), SizeIs(1));
  EXPECT_THAT(DemandTexts("每台售价要低于5万元。"), SizeIs(1));
  EXPECT_THAT(DemandTexts("现场噪声要低于80分贝。"), ElementsAre("噪声 ≤ 80 分贝"));
}

TEST(DemandsTest, WhatTheSolutionMayCostIsDemandedNotWhatTheProjectCosts) {
  EXPECT_THAT(DemandTexts("要求整车售价20万元以内，占地最多800平方米，运行费不超过0.8元/吨。"),
              ElementsAre("整车售价 ≤ 20 万元", "占地 ≤ 800 平方米", "运行费 ≤ 0.8 元/吨"));
  EXPECT_THAT(DemandTexts("要求研发费不超过200万元。"), IsEmpty());
}

TEST(DemandsTest, ExtremesThatAreNoBoastsAreBounds) {
  EXPECT_THAT(DemandTexts("要求克重最多200g/m²，温度最低-20℃。"),
              ElementsAre("克重 ≤ 200 g/m²", "温度 ≥ -20 ℃"));
  EXPECT_THAT(DemandTexts("要求克重最多可达200g/m²。"), IsEmpty());
}

TEST(DemandsTest, AThingInUseIsNotToday) {
  EXPECT_THAT(DemandTexts("希望利用现有加氢尾油生产基础油，粘度指数120以上。"),
              ElementsAre("粘度指数 ≥ 120"));
  EXPECT_THAT(DemandTexts("要求新机成本较进口同类低30%。"), ElementsAre("新机成本 降低 30 %"));
}

TEST(DemandsTest, ProhibitionsAreUpperBounds) {
  EXPECT_THAT(DemandTexts("容重不要超过160kg/m³，自重别超过35公斤。"),
              ElementsAre("容重 ≤ 160 kg/m³", "自重 ≤ 35 公斤"));
}

TEST(DemandsTest, WhatAPlannedWorkIsToReachIsDemandedWithItsBound) {
  EXPECT_THAT(DemandTexts("通过针布改进，使提取率提高到80%以上。"), ElementsAre("提取率 ≥ 80 %"));
  EXPECT_THAT(DemandTexts("改造后出口温度120℃以下。"), ElementsAre("出口温度 ≤ 120 ℃"));
  EXPECT_THAT(DemandTexts("目前改造后出口温度120℃以下。"), IsEmpty());
  EXPECT_THAT(DemandTexts("炉内使用寿命5年以上。"), IsEmpty());
}

TEST(DemandsTest, AChangeThatIsNotToBeIsNoDemandForIt) {
  EXPECT_THAT(DemandTexts("希望成本别比普通膜高一倍以上。"), IsEmpty());
}

TEST(DemandsTest, AfterAWishWhatAMachineDoesNeedsNoBound) {
  EXPECT_THAT(DemandTexts("想要一台新的机子，处理能力每小时5吨，板厚20mm。"),
              ElementsAre("处理能力 5 吨/小时（按不低于理解）"));
}

TEST(DemandsTest, ABareFigureInAListOfBoundsIsAskedFor) {
  EXPECT_THAT(DemandTexts("新管要达到：工作压力35MPa，爆破压力105MPa以上。"),
              ElementsAre("工作压力 35 MPa", "爆破压力 ≥ 105 MPa"));
  EXPECT_THAT(DemandTexts("希望利用窑炉尾气中的CO2（浓度22%），养护时间控制在3小时以内。"),
              ElementsAre("养护时间 ≤ 3 小时"));
  EXPECT_THAT(DemandTexts("希望改进配方，工作压力35MPa，爆破压力有待提高。"), IsEmpty());
}

TEST(DemandsTest, AChangeWithABoundIsAimedAtOneWithoutIsTold) {
  EXPECT_THAT(DemandTexts("把抗压强度从3.1MPa提高到5.0MPa以上，这就是难处。"),
              ElementsAre("抗压强度 ≥ 5 MPa"));
  EXPECT_THAT(DemandTexts("加防闪锈剂后附着力由1级降为2级。"), IsEmpty());
}

TEST(DemandsTest, WhatIsComparedWithTodayIsNotToday) {
  EXPECT_THAT(DemandTexts("要求天然气消耗比现在少一半，排口粉尘浓度10mg/m³以内。"),
              ::testing::Contains("排口粉尘浓度 ≤ 10 mg/m³"));
}

TEST(DemandsTest, OutlayForOneOfSomethingIsDemandedThatOfAProjectIsNot) {
  EXPECT_THAT(DemandTexts("希望每亩投入不超过350元。"), ElementsAre("投入 ≤ 350 元/亩"));
  EXPECT_THAT(DemandTexts("希望每年投入不超过350元。"), IsEmpty());
}

TEST(DemandsTest, UntilWhenIsNoDemand) {
  EXPECT_THAT(DemandTexts("希望报警时间不超过24小时，三年内将漏损率降到9%以内。"),
              ElementsAre("报警时间 ≤ 24 小时", "漏损率 ≤ 9 %"));
}

TEST(DemandsTest, WhatATurnTakesIsNoWishInWordsEither) {
  EXPECT_THAT(DemandTexts("一个漏点平均要找两三天。"), IsEmpty());
  EXPECT_THAT(DemandTexts("硫化一块厚300mm的支座要五个小时。"), IsEmpty());
}

TEST(DemandsTest, ChangesOfOutputAreDemandedAlsoAgainstTheYearBefore) {
  EXPECT_THAT(DemandTexts("要求污泥产量比上年减少10%。"), ElementsAre("污泥产量 降低 10 %"));
}

TEST(DemandsTest, ItIsWhatTheFigureBeforeNames) {
  EXPECT_THAT(DemandTexts("吨熟料氨水用量高达7公斤。希望把它减到3公斤以下。"),
              ElementsAre("吨熟料氨水用量 ≤ 3 公斤"));
}

TEST(DemandsTest, AreAtMostThirty) {
  std::string text = "技术指标：";
  for (int i = 0; i < 40; ++i) text += "抗拉强度不低于" + std::to_string(500 + i) + "MPa；";
  EXPECT_EQ(DemandTexts(text).size(), kMaxDemands);
}

TEST(DemandsTest, LongTextsWithoutStopsAreReadInPart) {
  std::string text = "要求";
  while (text.size() < 60'000) text += "强度80MPa的结构件和";
  for (const Demand& demand : DemandsOf(SourceOf(NeedWith(text)), *testing::SharedNames())) {
    EXPECT_LE(CountCodePoints(demand.quote), kMaxQuoteRunes + 2);
    EXPECT_LE(demand.target.context.size(), kMaxContextBytes);
    EXPECT_TRUE(IsValidUtf8(demand.target.context));
  }
}

TEST(DemandsTest, NoBytesThrow) {
  const std::string text = "要求抗拉强度\xff不低于1000MPa\xe6\x8a，\x80";
  EXPECT_NO_THROW(DemandTexts(text));
  EXPECT_NO_THROW(DemandTexts(std::string("\x80\xbf≥10MPa")));
}

TEST(QuoteTest, LongSentencesAreCutAroundTheFigure) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "前";
  const auto begin = static_cast<uint32_t>(text.size());
  text += "强度≥800MPa";
  const auto end = static_cast<uint32_t>(text.size());
  for (int i = 0; i < 300; ++i) text += "后";
  const std::string quote = QuoteOf(text, {0, static_cast<uint32_t>(text.size())}, {begin, end});
  EXPECT_THAT(quote, ::testing::HasSubstr("强度≥800MPa"));
  EXPECT_TRUE(quote.starts_with("…前"));
  EXPECT_TRUE(quote.ends_with("后…"));
  EXPECT_LE(CountCodePoints(quote), kMaxQuoteRunes + 2);
}

TEST(StructuredTest, MapsComparatorsAndRefusesWhatHasNoFigure) {
  EXPECT_EQ(FromStructured(Target("a", v1::COMPARATOR_GREATER_THAN, 1, ""))->comparator,
            indicator::Comparator::kAtLeast);
  EXPECT_EQ(FromStructured(Target("a", v1::COMPARATOR_LESS_THAN, 1, ""))->comparator,
            indicator::Comparator::kAtMost);
  EXPECT_TRUE(FromStructured(Target("a", v1::COMPARATOR_APPROXIMATELY, 1, ""))->is_about);
  EXPECT_FALSE(FromStructured(Target("a", v1::COMPARATOR_BETWEEN, 1, "")).has_value());
  EXPECT_FALSE(FromStructured(Target("a", v1::COMPARATOR_EQUAL, std::nan(""), "")).has_value());
  v1::Indicator between = Target("a", v1::COMPARATOR_BETWEEN, 1, "mm");
  between.set_upper_value(2);
  EXPECT_EQ(FromStructured(between)->upper, 2);
}

}  // namespace
}  // namespace duijie::matching
