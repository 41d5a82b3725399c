// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as the people of a trade write them: two-part times, yields by parts, what is done in turn, shares,
// and what must stay silent beside them.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

TEST(TwoPartTime, IsOneFigureInTheSmallerUnit) {
  const Indicator seconds = First("加注时间3分40秒");
  EXPECT_DOUBLE_EQ(seconds.value, 220);
  EXPECT_EQ(seconds.unit, "秒");
  const Indicator minutes = First("终凝时间3h40min");
  EXPECT_DOUBLE_EQ(minutes.value, 220);
  EXPECT_EQ(minutes.unit, "min");
}

TEST(TwoPartTime, IsNotMadeOfARateOrOfTooManySeconds) {
  EXPECT_NE(First("节拍3分75秒").value, 255);
  EXPECT_NE(First("速度2小时30分/件").value, 150);
}

TEST(Turn, NamesWhatIsDoneEveryFewSeconds) {
  EXPECT_EQ(First("终端每5秒上传一次数据").name, "上传");
  EXPECT_EQ(VerdictOf("数据上报间隔不大于10秒", "终端每5秒上传一次数据"), kMet);
  EXPECT_EQ(VerdictOf("数据上报间隔不大于3秒", "终端每5秒上传一次数据"), kMissed);
}

TEST(Turn, OfAPieceAnswersASpeed) {
  EXPECT_EQ(VerdictOf("包装机速度不低于60包/分", "每包只需0.8秒"), kMet);
  EXPECT_EQ(VerdictOf("包装机速度不低于80包/分", "每包只需0.8秒"), kMissed);
}

TEST(OneMinute, IsReadAsEveryMinute) {
  EXPECT_EQ(VerdictOf("堆垛机运行速度不低于160m/min", "堆垛机一分钟可跑180米"), kMet);
}

TEST(Yield, IsWorkedOutOfWhatGoesInAndComesOut) {
  EXPECT_EQ(VerdictOf("木材出材率不低于65%", "每立方原木出板0.69立方"), kMet);
  EXPECT_EQ(VerdictOf("木材出材率不低于72%", "每立方原木出板0.69立方"), kMissed);
  EXPECT_EQ(VerdictOf("木材含水率不高于12%", "每立方原木出板0.69立方"), kSilent);
}

TEST(Share, OfAThingAnswersItsContentOrRate) {
  EXPECT_EQ(VerdictOf("球墨铸铁珠光体含量不低于85%", "珠光体占92%"), kMet);
  EXPECT_EQ(VerdictOf("产品合格率不低于98%", "合格品占99%"), kMet);
  EXPECT_EQ(VerdictOf("球墨铸铁球化率不低于85%", "珠光体占92%"), kSilent);
}

TEST(Efficiency, IsWhatLossesLeave) {
  EXPECT_EQ(VerdictOf("花鼓传动效率不低于95%", "花鼓传动损失不超过3.5%"), kMet);
  EXPECT_EQ(VerdictOf("花鼓传动效率不低于95%", "籽粒损失率3.5%"), kSilent);
}

TEST(LargestDeviation, KeepsATolerance) {
  EXPECT_EQ(VerdictOf("导轨间距公差±0.05mm", "导轨间距偏差最大0.03mm"), kMet);
  EXPECT_EQ(VerdictOf("导轨间距公差±0.05mm", "导轨间距偏差最大0.08mm"), kMissed);
}

TEST(GasVolume, IsTheStandardOneWhereAGasHoldsSomething) {
  EXPECT_EQ(VerdictOf("粉尘浓度不超过10mg/m³", "出口粉尘浓度4.6mg/Nm³"), kMet);
  EXPECT_EQ(VerdictOf("天然气耗量不超过50m³/t", "吨产品天然气耗量42标方"), kMet);
}

TEST(WasteWater, SaysNothingOfWhatAThingHolds) {
  EXPECT_EQ(VerdictOf("皮革游离甲醛不超过75mg/kg", "染整废水甲醛10mg/L"), kSilent);
}

TEST(Purity, IsCountedInNines) {
  EXPECT_EQ(VerdictOf("氢气纯度不低于99.99%", "出口氢气纯度5N"), kMet);
  EXPECT_EQ(VerdictOf("氢气纯度不低于99.999%", "出口氢气纯度4N"), kMissed);
}

TEST(Pressure, MayBeGivenInKilogramsOnASquareCentimetre) {
  EXPECT_EQ(VerdictOf("压缩机排气压力不低于8kg/cm²", "排气压力0.85MPa"), kMet);
  EXPECT_EQ(VerdictOf("压缩机排气压力不低于9kg/cm²", "排气压力0.85MPa"), kMissed);
}

TEST(CustomaryUnits, AreConverted) {
  EXPECT_EQ(VerdictOf("线宽不大于50μm", "线宽为2mil"), kMissed);
  EXPECT_EQ(VerdictOf("克重不低于400g/m²", "克重12oz/yd²"), kMet);
  EXPECT_EQ(VerdictOf("耐压不低于1200V", "耐压1.25kVDC"), kMet);
}

TEST(Trial, SpokenOfBehindTheFigureAnswersWhatIsWithstood) {
  EXPECT_EQ(VerdictOf("餐盒渗漏时间不少于30min", "盛95℃热油40分钟不渗不漏"), kMet);
  EXPECT_EQ(VerdictOf("餐盒渗漏时间不多于30min", "盛95℃热油40分钟不渗不漏"), kSilent);
}

TEST(ProcessTemperature, IsThatAtWhichItIsDone) {
  EXPECT_EQ(VerdictOf("涂料固化温度不高于140℃", "涂层在130℃即可固化"), kMet);
  EXPECT_EQ(VerdictOf("涂料固化温度不高于140℃", "涂层在130℃不能固化"), kSilent);
}

TEST(Battery, IsNotTheWholeBicycle) {
  EXPECT_EQ(VerdictOf("自行车整车质量不超过55kg", "电池重4.2kg"), kSilent);
}

TEST(Means, AreNoPartOfWhatTheyMake) {
  EXPECT_EQ(VerdictOf("合金丝拉拔直径不大于15μm", "用现有模具可拉到12μm"), kMet);
}

TEST(CountedUsers, MayBeCalledPeople) {
  EXPECT_EQ(VerdictOf("系统并发用户数不少于5000", "压测支持8000人同时在线操作"), kMet);
}

TEST(OnlyFigure, AnswersWhereItSaysTheSameDoing) {
  EXPECT_EQ(VerdictOf("预制构件蒸养时间不超过8小时", "预制构件出模前只需养护6.5h"), kMet);
  EXPECT_EQ(VerdictOf("秸秆切碎长度不大于20mm", "秸秆切段15毫米"), kMet);
  EXPECT_EQ(VerdictOf("秸秆切碎长度不大于20mm", "秸秆切段15毫米，留茬25毫米"), kMet);
}

TEST(OnlyFigure, OfAnotherNounOrTheOppositeDoingStaysSilent) {
  EXPECT_EQ(VerdictOf("织物经密不低于320根/10cm", "织物纬密330根/10cm"), kSilent);
  EXPECT_EQ(VerdictOf("屏蔽门开门时间不大于3秒", "屏蔽门关门2.8秒"), kSilent);
}

TEST(OneImpurity, IsNotAllOfThem) {
  EXPECT_EQ(VerdictOf("原料药单个杂质不超过0.1%", "最大单杂0.06%，总杂0.25%"), kMet);
}

TEST(HeatedZone, IsNoHardenedLayer) {
  EXPECT_EQ(VerdictOf("轴承套圈渗碳层深度不小于1.2mm", "渗碳炉有效加热区深度1.2m"), kSilent);
}

TEST(SomeSamples, ThatWithstandMoreArePartly) {
  EXPECT_EQ(VerdictOf("新型涂层耐温不低于1200℃", "部分样品最高耐到1250℃"), kPart);
}

}  // namespace
}  // namespace duijie::indicator
