// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/extract.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace duijie::indicator {
namespace {

using ::testing::DoubleEq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

Indicator Only(std::string_view text) {
  const auto indicators = Extract(text);
  EXPECT_THAT(indicators, SizeIs(1)) << text;
  return indicators.empty() ? Indicator{} : indicators.front();
}

TEST(ExtractTest, ABoundBeforeTheValueIsRead) {
  const Indicator read = Only("铸件的抗拉强度不低于800MPa。");
  EXPECT_EQ(read.name, "抗拉强度");
  EXPECT_EQ(read.comparator, Comparator::kAtLeast);
  EXPECT_DOUBLE_EQ(read.value, 800);
  EXPECT_EQ(read.unit, "MPa");
}

TEST(ExtractTest, ReachingWhatIsBetterSmallIsAnUpperBound) {
  for (const char* text : {"平面度达到0.02mm", "出水氨氮达到5mg/L", "噪声须达到65分贝", "加工精度达到0.01mm",
                           "定位精度不低于0.05mm", "表面粗糙度达到Ra0.8", "测温精度达到0.1℃",
                           "授时精度达到10ns", "真空度达到5×10⁻⁴Pa"})
    EXPECT_EQ(Only(text).comparator, Comparator::kAtMost) << text;
  for (const char* text :
       {"抗拉强度达到800MPa", "识别精度达到95%", "氨氮去除率达到95%", "噪声识别准确率达到90%",
        "误差补偿能力达到80%", "定位精度≥0.05mm", "分辨率达到300dpi", "真空度达到0.09MPa"})
    EXPECT_EQ(Only(text).comparator, Comparator::kAtLeast) << text;
}

TEST(ExtractTest, WhatIsBetterSmallIsSuperiorBelow) {
  for (const char* text : {"定位精度优于0.05mm", "非线性优于0.1%", "响应时间优于30ms", "漏检率优于1%",
                           "稳定性优于0.5%", "出水总磷优于0.3mg/L"})
    EXPECT_EQ(Only(text).comparator, Comparator::kAtMost) << text;
  for (const char* text : {"抗拉强度优于800MPa", "总磷去除率优于95%", "误差补偿能力优于80%"})
    EXPECT_EQ(Only(text).comparator, Comparator::kAtLeast) << text;
}

TEST(ExtractTest, WordsOfWishDoNotTakeTheHeadOfEnergy) {
  EXPECT_EQ(Only("希望能耗不高于300kWh/t").name, "能耗");
  EXPECT_EQ(Only("要求能量密度不低于200Wh/kg").name, "能量密度");
  EXPECT_EQ(Only("希望能效比不低于3.5").name, "能效比");
  EXPECT_EQ(Only("希望能达到500h的寿命").name, "寿命");
}

TEST(ExtractTest, AHalfYearMoreKeepsItsBound) {
  const Indicator read = Only("寿命两年半以上");
  EXPECT_EQ(read.comparator, Comparator::kAtLeast);
  EXPECT_DOUBLE_EQ(read.value, 2.5);
}

TEST(ExtractTest, ABoundBehindTheValueIsRead) {
  EXPECT_EQ(Only("去除率95%以上").comparator, Comparator::kAtLeast);
  EXPECT_EQ(Only("粉尘浓度在10mg/m³以下").comparator, Comparator::kAtMost);
  EXPECT_EQ(Only("成本控制在5元左右").comparator, Comparator::kEqual);
}

TEST(ExtractTest, WordsThatLimitAreNotInTheName) {
  EXPECT_EQ(Only("容重不要超过160kg/m³").name, "容重");
  EXPECT_EQ(Only("容重不要超过160kg/m³").comparator, Comparator::kAtMost);
  EXPECT_EQ(Only("含水量得控制在12%以内").name, "含水量");
  EXPECT_EQ(Only("标准是15mg/L以下").name, "");
  EXPECT_EQ(Only("续航一小时起步").comparator, Comparator::kAtLeast);
}

TEST(ExtractTest, SpokenBoundsStandBeforeOrBehindTheFigure) {
  for (const char* text : {"灰分3%封顶", "灰分撑死3%", "灰分3%以里", "灰分3%往下", "灰分顶天3%"}) {
    EXPECT_EQ(Only(text).name, "灰分") << text;
    EXPECT_EQ(Only(text).comparator, Comparator::kAtMost) << text;
  }
  for (const char* text : {"成品率打底九成", "成品率九成打底", "成品率少说也得九成", "成品率九成往上"}) {
    EXPECT_EQ(Only(text).name, "成品率") << text;
    EXPECT_EQ(Only(text).comparator, Comparator::kAtLeast) << text;
  }
  EXPECT_EQ(Only("灰分不能超3%").comparator, Comparator::kAtMost);
  EXPECT_EQ(Only("不能超声清洗的零件，灰分3%以上").comparator, Comparator::kAtLeast);
  // 级别 holds 别超过 by chance.
  EXPECT_EQ(Only("防护级别超过3级").comparator, Comparator::kAtLeast);
}

TEST(ExtractTest, ForOneOfSomethingIsPartOfTheUnit) {
  EXPECT_EQ(Only("运行费一吨水18块钱封顶").unit, "块钱/吨水");
  EXPECT_EQ(Only("处理量一小时3吨").unit, "吨/小时");
  EXPECT_EQ(Only("处理量一小时3吨").value, 3);
}

TEST(ExtractTest, AnArrowLeadsFromTodayToTheEnd) {
  const Indicator read = Only("烧成周期：22h→14h以内");
  EXPECT_EQ(read.name, "烧成周期");
  EXPECT_EQ(read.comparator, Comparator::kAtMost);
  EXPECT_THAT(read.from, Optional(DoubleEq(22)));
  EXPECT_DOUBLE_EQ(read.value, 14);
}

TEST(ExtractTest, AnEndIsNotANameWithoutTheWordItEnds) {
  EXPECT_EQ(Only("覆盖期能到90天以上").name, "覆盖期");
  EXPECT_EQ(Only("回用率95%以上").name, "回用率");
}

// The condition of the last figure of a text.
std::string LastCondition(std::string_view text) {
  const auto indicators = Extract(text);
  EXPECT_FALSE(indicators.empty()) << text;
  return indicators.empty() ? "" : indicators.back().condition;
}

TEST(ExtractTest, AConditionOfANameReachesOnlyFiguresOfItsUnit) {
  EXPECT_EQ(LastCondition("28天抗压强度≥50MPa，抗折强度≥8MPa"), "28天");
  EXPECT_EQ(LastCondition("28天抗压强度≥50MPa，吸水率≤5%"), "");
  EXPECT_EQ(LastCondition("室温屈服强度大于150MPa，伸长率大于12%"), "");
  EXPECT_EQ(LastCondition("在180℃下剥离强度≥2N/mm，吸水率≤0.5%"), "180℃");
}

TEST(ExtractTest, ATimeOrTemperatureBeforeABoundIsACondition) {
  const auto read = Extract("抗压强度3d≥20MPa，28d≥52.5MPa，粘度25℃≤300mPa·s");
  ASSERT_THAT(read, SizeIs(3));
  EXPECT_EQ(read[0].name + read[1].name + read[2].name, "抗压强度抗压强度粘度");
  EXPECT_EQ(read[0].condition + " " + read[1].condition + " " + read[2].condition, "3d 28d 25℃");
}

TEST(ExtractTest, WhatIsSoTodayEndsWhereAWishOrAChangeBegins) {
  EXPECT_EQ(LastCondition("灌装速度原来90瓶/分"), "原来");
  EXPECT_EQ(LastCondition("灌装速度原来90瓶/分，目标不少于200瓶/分"), "");
  EXPECT_EQ(LastCondition("现有喷涂线靠人工，改造后上漆率75%以上"), "");
  EXPECT_EQ(LastCondition("脱硫剂用量不得高于现有的1.2倍"), "");
}

TEST(ExtractTest, AConditionMayStandBetweenNameAndValue) {
  const Indicator read = Only("正极材料放电比容量0.1C下为205mAh/g");
  EXPECT_EQ(read.name, "正极材料放电比容量");
  EXPECT_EQ(read.condition, "0.1C");
  EXPECT_EQ(Only("在-20℃放电时容量保持率不低于80%").condition, "-20℃放电");
  EXPECT_EQ(Only("在零下30℃启动时间≤10秒").name, "启动时间");
}

TEST(ExtractTest, NoTrialIsOfMoney) {
  EXPECT_EQ(LastCondition("在25℃下粘度≤300mPa·s，成本低于200元/吨"), "");
  EXPECT_EQ(LastCondition("处理1吨废水成本低于2元"), "处理1吨废水");
}

TEST(ExtractTest, WhatAThingStandsIsNoCondition) {
  EXPECT_EQ(LastCondition("可承受1600℃高温，抗热震次数大于30次"), "");
}

TEST(ExtractTest, ABlankPartsThousands) {
  EXPECT_DOUBLE_EQ(Only("连续运行8 000小时").value, 8000);
  EXPECT_DOUBLE_EQ(Only("承载力120 000N以上").value, 120000);
  const Indicator range = Only("进水COD 3 000~4 500mg/L");
  EXPECT_DOUBLE_EQ(range.value, 3000);
  EXPECT_THAT(range.upper, Optional(DoubleEq(4500)));
  EXPECT_LE(Only("温度控制在100 200℃").value, 200) << "two numbers";
}

TEST(ExtractTest, TenthsInDigitsAreShares) {
  for (const char* text : {"准确率9成5以上", "准确率九成五以上", "准确率9成半以上"}) {
    EXPECT_DOUBLE_EQ(Only(text).value, 95) << text;
    EXPECT_EQ(Only(text).unit, "%") << text;
  }
  EXPECT_DOUBLE_EQ(Only("孔隙率7成左右").value, 70);
}

TEST(ExtractTest, HoursAndAHalfAreHours) {
  const Indicator read = Only("烘干时间缩到三个半小时以内");
  EXPECT_DOUBLE_EQ(read.value, 3.5);
  EXPECT_EQ(read.unit, "小时");
  EXPECT_EQ(read.comparator, Comparator::kAtMost);
  EXPECT_DOUBLE_EQ(Only("续航4个小时").value, 4);
}

TEST(ExtractTest, ABoundBehindAFigureOrBeforeAVerbCounts) {
  EXPECT_EQ(Only("使用寿命15年起码").comparator, Comparator::kAtLeast);
  EXPECT_EQ(Only("充电时间1h顶多").comparator, Comparator::kAtMost);
  const Indicator read = Only("每天至少处理20吨");
  EXPECT_EQ(read.comparator, Comparator::kAtLeast);
  EXPECT_EQ(read.name, "处理");
}

TEST(ExtractTest, BlanksAndWordsWithinFiguresAreRead) {
  EXPECT_EQ(Only("甲醛＜75 mg / kg").unit, "mg/kg");
  EXPECT_EQ(Only("孔径300 to 500 微米").comparator, Comparator::kBetween);
  EXPECT_DOUBLE_EQ(Only("结温﹣40～150℃").value, -40);
}

TEST(ExtractTest, AboutIsNoBoundWhateverItWasChangedTo) {
  EXPECT_EQ(Only("发酵周期缩短到120天左右").comparator, Comparator::kEqual);
  EXPECT_EQ(Only("发酵周期缩短到120天").comparator, Comparator::kAtMost);
}

TEST(ExtractTest, AWishDoesNotCutTheNameOff) { EXPECT_EQ(Only("电费想降低30%").name, "电费"); }

TEST(ExtractTest, AUnitBehindTheNameInARowIsTheUnit) {
  const auto read = Extract("抗拉强度 MPa ≥ 520；延伸率 % ≥ 18");
  ASSERT_THAT(read, SizeIs(2));
  EXPECT_EQ(read[0].name + " " + read[0].unit, "抗拉强度 MPa");
  EXPECT_EQ(read[1].name + " " + read[1].unit, "延伸率 %");
  EXPECT_EQ(Only("涂层硬度HV0.3为1200～1400").unit, "HV0.3");
}

TEST(ExtractTest, ABracketBehindANameReachesOnlyFiguresOfItsUnit) {
  EXPECT_EQ(LastCondition("透气量（127Pa）：15～20m³/(m²·min)，经向强力≥1200N"), "");
  EXPECT_EQ(LastCondition("透气量（127Pa）：15～20m³/(m²·min)"), "127Pa");
}

TEST(ExtractTest, NoRangeLeadsFromOneUnitToAnother) {
  for (const Indicator& read : Extract("制冷量0℃/38℃-20150W")) EXPECT_EQ(read.upper, std::nullopt);
  EXPECT_EQ(Only("厚度500μm～1mm").comparator, Comparator::kBetween);
}

TEST(ExtractTest, TermsOfOrdersAndCodesAreNoIndicators) {
  for (const char* text :
       {"质保期24个月", "数量：2台", "期限2年", "最好有5年以上经验", "能效均为一级", "执行标准Q/HB 003—2020"})
    EXPECT_THAT(Extract(text), IsEmpty()) << text;
}

TEST(ExtractTest, SizesBeforeWhatIsCountedAreNoFigures) {
  EXPECT_DOUBLE_EQ(Only("3mm以上毛羽每米不足10根").value, 10);
  const Indicator range = Only("可弯管径Φ20～Φ89mm");
  EXPECT_EQ(range.comparator, Comparator::kBetween);
  EXPECT_EQ(Only("厚差控制在±2µm以内").unit, "µm") << "as written";
}

TEST(ExtractTest, AThingInUseIsNoCondition) {
  EXPECT_EQ(Only("利用现有加氢尾油生产，粘度指数120以上").condition, "");
  EXPECT_EQ(Only("现有产品粘度指数120以上").condition, "现有");
}

TEST(ExtractTest, SpansPointIntoTheText) {
  const std::string text = "本技术在25℃下，粘度为５００mPa·s。";
  const Indicator read = Only(text);
  EXPECT_EQ(text.substr(read.name_span.begin, read.name_span.end - read.name_span.begin), "粘度");
  EXPECT_EQ(text.substr(read.value_span.begin, read.value_span.end - read.value_span.begin), "５００mPa·s");
  EXPECT_EQ(text.substr(read.condition_span.begin, read.condition_span.end - read.condition_span.begin),
            "25℃");
  EXPECT_DOUBLE_EQ(read.value, 500);
}

TEST(ExtractTest, RangesTakeTheirUnitFromTheSecondFigure) {
  for (const char* text :
       {"厚度5～10mm", "厚度5-10mm", "厚度5至10mm", "厚度5mm~10mm", "厚度介于5和10mm之间"}) {
    const Indicator read = Only(text);
    EXPECT_EQ(read.comparator, Comparator::kBetween) << text;
    EXPECT_DOUBLE_EQ(read.value, 5) << text;
    EXPECT_THAT(read.upper, Optional(DoubleEq(10))) << text;
    EXPECT_EQ(read.unit, "mm") << text;
  }
}

TEST(ExtractTest, ANameMayStandBeforeAColonOrABracket) {
  EXPECT_EQ(Only("涂层厚度：0.8～1.2mm").name, "涂层厚度");
  EXPECT_EQ(Only("温差（≤3℃）").name, "温差");
  EXPECT_EQ(Only("低温性能：≥20次").name, "");
}

TEST(ExtractTest, ABoundOnEitherSideIsOneRange) {
  const Indicator read = Only("表面硬度180≤HB＜240");
  EXPECT_EQ(read.comparator, Comparator::kBetween);
  EXPECT_DOUBLE_EQ(read.value, 180);
  EXPECT_THAT(read.upper, Optional(DoubleEq(240)));
  EXPECT_EQ(read.name, "表面硬度");
}

TEST(ExtractTest, FractionsAndDoublingsAreShares) {
  EXPECT_DOUBLE_EQ(Only("重量减轻三分之一").value, 100.0 / 3);
  EXPECT_DOUBLE_EQ(Only("重量减轻1/4").value, 25);
  EXPECT_DOUBLE_EQ(Only("好果率不低于九成五").value, 95);
  const Indicator doubled = Only("单炉产量翻一番");
  EXPECT_EQ(doubled.comparator, Comparator::kIncreaseBy);
  EXPECT_EQ(doubled.unit, "倍");
}

TEST(ExtractTest, TraditionalCharactersAreReadAndKept) {
  const Indicator read = Only("鹽霧試驗超過500小時");
  EXPECT_EQ(read.name, "鹽霧試驗");
  EXPECT_EQ(read.comparator, Comparator::kAtLeast);
  EXPECT_EQ(read.unit, "小時");
}

TEST(ExtractTest, AVerbInsideAQuantityIsNoVerb) { EXPECT_EQ(Only("设备利用率95%以上").name, "设备利用率"); }

TEST(ExtractTest, AShareOfTheFormerIsMarked) {
  EXPECT_TRUE(Only("能耗降低到原来的60%").is_of_former);
  EXPECT_FALSE(Only("放电容量不低于额定容量的80%").is_of_former);
}

TEST(ExtractTest, NegativeEndsOfRangesKeepTheirSign) {
  const Indicator read = Only("工作温度-40℃～85℃");
  EXPECT_DOUBLE_EQ(read.value, -40);
  EXPECT_THAT(read.upper, Optional(DoubleEq(85)));
}

TEST(ExtractTest, TolerancesKeepNominalAndWidth) {
  const Indicator bare = Only("厚度公差±0.02mm");
  EXPECT_EQ(bare.comparator, Comparator::kPlusMinus);
  EXPECT_DOUBLE_EQ(bare.value, 0);
  EXPECT_THAT(bare.upper, Optional(DoubleEq(0.02)));
  EXPECT_DOUBLE_EQ(Only("宽度1250±2mm").value, 1250);
}

TEST(ExtractTest, NumbersArePeoplesNumbers) {
  EXPECT_DOUBLE_EQ(Only("寿命不少于20,000小时").value, 20000);
  EXPECT_DOUBLE_EQ(Only("漏率小于1×10^-9Pa·m³/s").value, 1e-9);
  EXPECT_DOUBLE_EQ(Only("真空度5.0×10⁻⁵Pa").value, 5e-5);
  EXPECT_DOUBLE_EQ(Only("腐蚀速率小于2.5e-3mm/a").value, 2.5e-3);
  EXPECT_DOUBLE_EQ(Only("寿命三百小时以上").value, 300);
  EXPECT_DOUBLE_EQ(Only("预热时间不超过半小时").value, 0.5);
  EXPECT_DOUBLE_EQ(Only("发芽率不低于百分之九十五").value, 95);
  EXPECT_EQ(Only("能力达到三万吨").unit, "万吨");
}

TEST(ExtractTest, ChangesAreRelative) {
  EXPECT_EQ(Only("能耗降低20%以上").comparator, Comparator::kDecreaseBy);
  EXPECT_EQ(Only("降低能耗20%").comparator, Comparator::kDecreaseBy);
  EXPECT_EQ(Only("效率提高30%").comparator, Comparator::kIncreaseBy);
  EXPECT_EQ(Only("成本增加不超过5%").comparator, Comparator::kAtMost);
}

TEST(ExtractTest, FromAToBIsOneBoundWithItsStart) {
  const Indicator read = Only("废品率由8%降到3%以下");
  EXPECT_EQ(read.name, "废品率");
  EXPECT_EQ(read.comparator, Comparator::kAtMost);
  EXPECT_DOUBLE_EQ(read.value, 3);
  EXPECT_THAT(read.from, Optional(DoubleEq(8)));
}

TEST(ExtractTest, ListsShareNamesAndUnits) {
  const auto read = Extract("颗粒物、二氧化硫、氮氧化物分别低于10、35、50mg/m³。");
  ASSERT_THAT(read, SizeIs(3));
  EXPECT_EQ(read[1].name, "二氧化硫");
  EXPECT_DOUBLE_EQ(read[1].value, 35);
  EXPECT_EQ(read[0].unit, "mg/m³");
}

TEST(ExtractTest, PerUnitsJoinTheUnit) {
  EXPECT_EQ(Only("药剂费每吨水不高于0.15元").unit, "元/吨水");
  EXPECT_EQ(Only("每小时处理20吨").unit, "吨/小时");
}

TEST(ExtractTest, BestValuesAndNegationsAreMarked) {
  EXPECT_TRUE(Only("能量密度最高可达260Wh/kg").is_maximum);
  EXPECT_FALSE(Only("能量密度可达260Wh/kg").is_maximum);
  EXPECT_TRUE(Only("合格率尚未达到90%").is_negated);
}

class NoIndicatorTest : public ::testing::TestWithParam<const char*> {};
TEST_P(NoIndicatorTest, IsFound) { EXPECT_THAT(Extract(GetParam()), IsEmpty()); }
INSTANTIATE_TEST_SUITE_P(Background, NoIndicatorTest,
                         ::testing::Values("项目于2019年3月启动，2021年12月验收。",
                                           "执行GB/T 228.1-2021标准。", "获发明专利3项，发表论文24篇。",
                                           "采用Q235B和42CrMo，基于5G和Cas9。", "电话0318-2251234。",
                                           "第3代产品，防护等级IP65。", "现有员工186人。",
                                           "规格为1200mm×600mm。", "质量比3:1混合。", "服务企业100余家。",
                                           "能耗大幅降低。"));

TEST(ExtractTest, AnyBytesAreTaken) {
  EXPECT_THAT(Extract(""), IsEmpty());
  EXPECT_THAT(Extract("\xFF\xFE\x80 12"), IsEmpty());
  Extract(std::string(3 * kMaxTextBytes, '9'));
  Extract(std::string(3 * kMaxTextBytes, '('));
}

TEST(ExtractTest, LongTextsAreReadUpToTheLimit) {
  std::string text;
  while (text.size() < 2 * kMaxTextBytes) text += "强度≥5MPa。";
  const auto read = Extract(text);
  EXPECT_THAT(read, SizeIs(kMaxIndicators));
  for (const Indicator& indicator : read) ASSERT_LE(indicator.whole.end, kMaxTextBytes);
}

}  // namespace
}  // namespace duijie::indicator
