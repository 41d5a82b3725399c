// SPDX-License-Identifier: GPL-3.0-or-later

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;

// The judgement of the first target of `need`.
Judgement JudgeTexts(const std::string& need, const std::string& achievement) {
  const auto targets = Extract(need);
  EXPECT_FALSE(targets.empty()) << need;
  if (targets.empty()) return {};
  return Judge({targets.front(), need}, ReadStated(achievement), Names());
}

TEST(JudgeTest, UnitsAreConvertedAndTheConversionShown) {
  const Judgement judgement = JudgeTexts("抗拉强度不低于700MPa", "抗拉强度达到0.8GPa");
  EXPECT_EQ(judgement.verdict, Verdict::kSatisfied);
  EXPECT_EQ(judgement.conversion, "0.8 GPa = 800 MPa");
  EXPECT_THAT(judgement.margin, Optional(DoubleNear(100.0 / 700, 1e-9)));
}

TEST(JudgeTest, WhatIsMissingIsSignedAndRelative) {
  const Judgement judgement = JudgeTexts("抗拉强度不低于800MPa", "抗拉强度为720MPa。");
  EXPECT_EQ(judgement.verdict, Verdict::kViolated);
  EXPECT_THAT(judgement.margin, Optional(DoubleNear(-0.1, 1e-9)));
  EXPECT_THAT(judgement.reason, HasSubstr("差 10%"));
}

TEST(JudgeTest, TheSentenceOfTheEvidenceIsQuoted) {
  const std::string text = "工艺先进。铸件抗拉强度为820MPa，延伸率5%。可推广。";
  const Judgement judgement = JudgeTexts("抗拉强度不低于800MPa", text);
  EXPECT_EQ(text.substr(judgement.quote.begin, judgement.quote.end - judgement.quote.begin),
            "铸件抗拉强度为820MPa，延伸率5%");
  EXPECT_GT(judgement.alignment, kAligned);
}

TEST(JudgeTest, SilenceIsNeverAYes) {
  for (const char* text : {"", "性能优异，国际先进。", "屈服强度为900MPa。", "预计抗拉强度达到900MPa。",
                           "传统工艺的抗拉强度为900MPa。"}) {
    EXPECT_EQ(JudgeTexts("抗拉强度不低于800MPa", text).verdict, Verdict::kNotStated) << text;
  }
}

TEST(JudgeTest, RelativeAndAbsoluteDoNotAnswerEachOther) {
  EXPECT_EQ(JudgeTexts("电耗降低15%", "电耗为28kWh/t").verdict, Verdict::kNotStated);
  EXPECT_EQ(JudgeTexts("转换效率达到24%", "转换效率提高30%").verdict, Verdict::kNotStated);
}

TEST(JudgeTest, AChangeIsWorkedOutOfBothEnds) {
  const Judgement judgement = JudgeTexts("电耗降低15%以上", "电耗由36kWh/t降至28kWh/t");
  EXPECT_EQ(judgement.verdict, Verdict::kSatisfied);
  EXPECT_THAT(judgement.conversion, HasSubstr("22.2"));
}

TEST(JudgeTest, RangesToCoverAreCoveredWhollyOrPartly) {
  EXPECT_EQ(JudgeTexts("工作温度-20～60℃", "工作温度-40～85℃").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("工作温度-40～85℃", "工作温度-20～85℃").verdict, Verdict::kPartly);
  EXPECT_EQ(JudgeTexts("工作温度-40～-20℃", "工作温度0～85℃").verdict, Verdict::kViolated);
}

TEST(JudgeTest, WindowsAreToLieIn) {
  EXPECT_EQ(JudgeTexts("渗碳层深度0.8～1.2mm", "渗碳层深度0.9～1.1mm").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("渗碳层深度0.8～1.2mm", "渗碳层深度0.5～1.5mm").verdict, Verdict::kPartly);
}

TEST(JudgeTest, AnEasierConditionSatisfiesOnlyPartly) {
  EXPECT_EQ(JudgeTexts("600℃时抗拉强度不小于400MPa", "300℃时抗拉强度为500MPa").verdict, Verdict::kPartly);
  EXPECT_EQ(JudgeTexts("600℃时抗拉强度不小于400MPa", "700℃时抗拉强度为500MPa").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("600℃时抗拉强度不小于400MPa", "抗拉强度为500MPa").verdict, Verdict::kPartly);
}

TEST(JudgeTest, TheBestCaseIsNoGuarantee) {
  EXPECT_EQ(JudgeTexts("能量密度不低于250Wh/kg", "能量密度最高可达262Wh/kg").verdict, Verdict::kPartly);
  EXPECT_EQ(JudgeTexts("能量密度不低于250Wh/kg", "能量密度最高可达230Wh/kg").verdict, Verdict::kViolated);
}

TEST(JudgeTest, NegationsOfTheTargetViolate) {
  EXPECT_EQ(JudgeTexts("合格率达到98%", "合格率尚未达到90%").verdict, Verdict::kViolated);
  EXPECT_EQ(JudgeTexts("耐候性不低于3000h", "耐候性尚未检测").verdict, Verdict::kNotStated);
}

TEST(JudgeTest, AbsentSubstancesMeetTheirLimit) {
  EXPECT_EQ(JudgeTexts("甲醛含量不高于20mg/kg", "经检测，甲醛未检出").verdict, Verdict::kSatisfied);
}

TEST(JudgeTest, ScalesThatDoNotConvertAreNotCompared) {
  const Judgement judgement = JudgeTexts("硬度不低于900HV", "硬度为64HRC");
  EXPECT_EQ(judgement.verdict, Verdict::kNotStated);
  EXPECT_THAT(judgement.reason, HasSubstr("不能换算"));
}

TEST(JudgeTest, TradeConstantsAreUsed) {
  EXPECT_EQ(JudgeTexts("粒径不超过75μm", "粒径为325目").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("出水总铜不超过0.5mg/L", "出水总铜为0.3ppm").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("亩产不低于550公斤", "平均产量9000公斤/公顷").verdict, Verdict::kSatisfied);
}

TEST(JudgeTest, ComplementsAnswerEachOther) {
  const Judgement judgement = JudgeTexts("产品不良率低于0.5%", "产品合格率99.8%");
  EXPECT_EQ(judgement.verdict, Verdict::kSatisfied);
  EXPECT_THAT(judgement.conversion, HasSubstr("0.2"));
  EXPECT_EQ(JudgeTexts("产品不良率低于0.5%", "产品合格率99%").verdict, Verdict::kViolated);
}

TEST(JudgeTest, ATaktAnswersAnOutput) {
  EXPECT_EQ(JudgeTexts("每小时产量不少于2000件", "生产节拍为1.5秒/件").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("每小时产量不少于2500件", "生产节拍为1.5秒/件").verdict, Verdict::kViolated);
}

TEST(JudgeTest, ARemainingShareAnswersAChange) {
  EXPECT_EQ(JudgeTexts("能耗降低30%", "能耗降低到原来的60%").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("能耗降低50%", "能耗降低到原来的60%").verdict, Verdict::kViolated);
  EXPECT_EQ(JudgeTexts("寿命提高1倍以上", "使用寿命是原来的3倍").verdict, Verdict::kSatisfied);
}

TEST(JudgeTest, WhatItStandsAnswersATargetOfStanding) {
  EXPECT_EQ(JudgeTexts("耐温不低于300℃", "材料可在350℃下长期使用").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("耐温不低于300℃", "材料在350℃下储存").verdict, Verdict::kNotStated);
}

TEST(JudgeTest, StatedWorkingHoursAreUsed) {
  EXPECT_EQ(JudgeTexts("处理能力不少于500吨/天", "处理能力为25吨/小时").verdict, Verdict::kSatisfied);
  EXPECT_EQ(JudgeTexts("处理能力不少于500吨/天", "处理能力为25吨/小时，每天运行16小时").verdict,
            Verdict::kViolated);
}

TEST(JudgeTest, FactsWorkedOutBeforehandChangeNothing) {
  const std::string text = "铸件抗拉强度为820MPa，延伸率5%。合格率99%。";
  const Stated prepared = ReadStated(text, Names());
  for (const std::string need : {"抗拉强度不低于800MPa", "延伸率不小于8%", "废品率低于2%", "噪声小于70dB"}) {
    const Target target = {Extract(need).front(), need};
    EXPECT_EQ(Judge(target, prepared, Names()).reason, Judge(target, ReadStated(text), Names()).reason)
        << need;
  }
}

TEST(JudgeTest, AnyBytesAreJudged) {
  EXPECT_EQ(Judge({}, ReadStated("\xFF\xFE 5%"), Names()).verdict, Verdict::kNotStated);
}

}  // namespace
}  // namespace duijie::indicator
