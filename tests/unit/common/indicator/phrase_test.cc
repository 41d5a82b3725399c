// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that a phrase tells instead of a name, and what may not answer for another quantity, product, part
// or layer.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "common/indicator/counted_shares.h"
#include "common/indicator/doing_table.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

TEST(Phrase, AnswersWhereItSharesTheWords) {
  EXPECT_EQ(VerdictOf("锅炉排烟温度不高于130℃", "锅炉烟气经换热器后以118℃排出"), kMet);
  EXPECT_EQ(VerdictOf("锅炉排烟温度不高于110℃", "锅炉烟气经换热器后以118℃排出"), kMissed);
}

TEST(Phrase, AnswersByWordsThatTellTheQuantity) {
  EXPECT_EQ(VerdictOf("叉车最大起升高度不小于6m", "该叉车货叉可举到7.2米"), kMet);
  EXPECT_EQ(VerdictOf("叉车最大起升高度不小于6m", "该叉车轴距2.2米"), kSilent);
}

TEST(Phrase, AnswersBesideAFigureOfTheUnitThatTellsSomethingElse) {
  const std::string need = "叉车最大起升高度不小于6m";
  EXPECT_EQ(VerdictOf(need, "货叉能举到离地7.2m处，在窄至1.8m的巷道内完成存取"), kMet);
}

TEST(Phrase, OfWhatIsLostAnswersWhatIsKept) {
  EXPECT_EQ(VerdictOf("票据字段识别准确率不低于98%", "实测每1000个字段中仅6个识别错误"), kMet);
  EXPECT_EQ(VerdictOf("票据字段识别准确率不低于99.8%", "实测每1000个字段中仅6个识别错误"), kMissed);
  EXPECT_EQ(VerdictOf("面板检测设备的漏检率不高于0.5%", "检测设备平均每1000片缺陷品中有12片被漏判"), kMissed);
}

TEST(Phrase, IsNoAnswerFarOffOrOfTheOppositeDoing) {
  EXPECT_EQ(VerdictOf("童车刹车距离不超过78m", "童车刹车时距障碍1m"), kSilent);
  EXPECT_EQ(VerdictOf("屏蔽门开门时间不大于3秒", "屏蔽门关门2.8秒"), kSilent);
}

TEST(CountedShare, IsTheSecondCountOfTheFirst) {
  const auto shares = CountedShares("移栽枸杞苗1200株，年末成活1140株。共3200道，合格的有3168道");
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_DOUBLE_EQ(shares[0].figure.value, 95);
  EXPECT_DOUBLE_EQ(shares[1].figure.value, 99);
  EXPECT_EQ(shares[0].told, "1140 / 1200");
  EXPECT_EQ(VerdictOf("枸杞移栽成活率不低于90%", "移栽枸杞苗1200株，年末成活1140株"), kMet);
  EXPECT_EQ(VerdictOf("枸杞移栽成活率不低于96%", "移栽枸杞苗1200株，年末成活1140株"), kMissed);
}

TEST(CountedShare, ShowsHowItWasWorkedOut) {
  const std::string need = "枸杞移栽成活率不低于90%";
  const auto judged =
      Judge({First(need), need}, ReadStated("移栽枸杞苗1200株，年末成活1140株", Names()), Names());
  EXPECT_EQ(judged.conversion, "1140 / 1200 = 95 %");
  const auto lost =
      Judge({First(need), need}, ReadStated("移栽枸杞苗1200株，移栽后死亡60株", Names()), Names());
  EXPECT_EQ(lost.verdict, kMet);
  EXPECT_EQ(lost.conversion, "60 / 1200 = 5 % = 枸杞移栽成活率 95 %");
}

TEST(CountedShare, NeedsOneSentenceOneWordAndAPart) {
  EXPECT_TRUE(CountedShares("移栽1200株。成活1140株").empty());
  EXPECT_TRUE(CountedShares("移栽1200株，占地1140个").empty());
  EXPECT_TRUE(CountedShares("移栽1200株，来年1300株").empty());
  EXPECT_TRUE(CountedShares("每组8株，成活6株").empty());
}

TEST(NameBehindTheFigure, IsReadUpToTheQuantity) {
  EXPECT_EQ(First("样机以2m/s的作业速度播种玉米").name, "作业速度");
  EXPECT_EQ(First("与定水温控制相比能耗降低18%").name, "能耗");
}

TEST(Per, IsReadBehindADoingAndForAPlaceAndATime) {
  EXPECT_EQ(First("每整地1hm²要烧掉柴油17kg").unit, "kg/hm²");
  EXPECT_EQ(First("每平方米膜面积每小时可产出清水30升").unit, "升/(平方米·小时)");
  EXPECT_EQ(VerdictOf("能耗降低15%以上", "每吨瓷砖耗用的能量比改造前少12%"), kMissed);
}

TEST(OtherProduct, NeverAnswers) {
  EXPECT_EQ(VerdictOf("胶料硫化时间不超过8分钟", "与硫化时间为7.5min的传统配方相比，焦烧时间延长40%"),
            kSilent);
  EXPECT_EQ(VerdictOf("苹果损耗率不高于3%", "普通冷库贮藏180天，损耗率为11.5%。采用本技术损耗率为2.4%"),
            kMet);
  EXPECT_EQ(VerdictOf("电机效率不低于96%", "原异步电机效率为93.2%，改造后的电机效率为97.1%"), kMet);
}

TEST(OtherPart, NeverAnswers) {
  EXPECT_EQ(VerdictOf("陶瓷基板的热导率不低于170W/(m·K)", "铜层热导率385W/(m·K)"), kSilent);
  EXPECT_EQ(VerdictOf("原料药总收率不低于70%", "缩合一步收率92%"), kSilent);
  EXPECT_EQ(VerdictOf("饮料的保质期不少于12个月", "所用浓缩汁原料在冷冻下保质期为24个月"), kSilent);
  EXPECT_EQ(VerdictOf("机械密封的使用寿命不低于8000h", "叶轮使用寿命3500h，机械密封使用寿命9000h"), kMet);
}

TEST(LikeNamedQuantity, StaysSilent) {
  EXPECT_EQ(VerdictOf("染料固色率不低于85%", "染料上染率93.4%"), kSilent);
  EXPECT_EQ(VerdictOf("种子发芽势不低于85%", "种子发芽率93%"), kSilent);
  EXPECT_EQ(VerdictOf("基站下行峰值速率不低于1Gbps", "基站上行峰值速率1.2Gbps"), kSilent);
  EXPECT_EQ(VerdictOf("热泵出水温度不低于75℃", "热泵冷凝温度80℃"), kSilent);
}

TEST(Element, ItsSignIsItsContent) {
  EXPECT_EQ(VerdictOf("钢的碳含量0.17%～0.20%", "化学成分中C为0.18%～0.19%"), kMet);
  EXPECT_EQ(VerdictOf("钢的氮含量不低于4%", "其中n≥5"), kSilent);
}

TEST(Conversion, OfARiseOfTemperatureAndOfDecibelMilliwatts) {
  EXPECT_EQ(VerdictOf("绕组温升不超过80K", "绕组温升72℃"), kMet);
  EXPECT_EQ(VerdictOf("模块输出功率不低于20W", "模块输出功率42dBm"), kMissed);
  EXPECT_EQ(VerdictOf("模块输出功率不低于15W", "模块输出功率42dBm"), kMet);
  EXPECT_EQ(VerdictOf("模块输出功率不低于40dBm", "模块输出功率16W"), kMet);
  EXPECT_EQ(VerdictOf("模块输出功率不低于43dBm", "模块输出功率16W"), kMissed);
}

TEST(DoingTable, RefusesADamagedLine) {
  const duijie::testing::TempDir folder;
  const auto path = folder.path() / "doings.tsv";
  for (const char* line : {"续航", "续航\t充电\t三", "续航|\t充电", "续航\t"}) {
    std::ofstream(path) << "# comment\n" << line << "\n";
    const auto loaded = DoingTable::Load(path);
    ASSERT_FALSE(loaded.ok()) << line;
    EXPECT_EQ(ReasonOf(loaded.status()), "BAD_TEXT_DATA");
    EXPECT_EQ(MetadataOf(loaded.status())["line"], "2");
  }
}

TEST(DoingTable, GivesThePhrasesOfEveryRowThatTheNameHolds) {
  const duijie::testing::TempDir folder;
  std::ofstream(folder.path() / "doings.tsv") << "续航|待机\t充一次电\n时间\t到位|切换\n";
  const auto table = DoingTable::Load(folder.path() / "doings.tsv");
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->PhrasesOf("续航时间").size(), 3U);
  EXPECT_EQ(table->PhrasesOf("油耗").size(), 0U);
  EXPECT_TRUE(DoingTable::Load(folder.path() / "none.tsv")->PhrasesOf("续航").empty());
}

}  // namespace
}  // namespace duijie::indicator
