// SPDX-License-Identifier: GPL-3.0-or-later
// The model by which likely figures answer: its file, and what it is asked about.
#include "common/indicator/answer_model.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "common/indicator/pairs.h"
#include "common/indicator/possible_answers.h"
#include "common/indicator/stated_facts.h"
#include "tests/support/paths.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

nlohmann::json Shipped() {
  std::ifstream file(duijie::testing::SourceFile("data/indicators/answers.json"));
  return nlohmann::json::parse(file);
}

std::string RuleOf(const std::string& bytes) {
  const duijie::testing::TempDir folder;
  std::ofstream(folder.path() / "answers.json") << bytes;
  const auto loaded = AnswerModel::Load(folder.path() / "answers.json");
  if (loaded.ok()) return "";
  EXPECT_EQ(ReasonOf(loaded.status()), "BAD_TEXT_DATA");
  EXPECT_EQ(MetadataOf(loaded.status())["file"], "answers.json");
  return MetadataOf(loaded.status())["rule"];
}

TEST(AnswerModelTest, TheShippedOneIsOfOurFeatures) {
  EXPECT_EQ(RuleOf(Shipped().dump()), "");
  EXPECT_NE(Names().answer_model(), nullptr);
}

TEST(AnswerModelTest, ADamagedFileIsRefusedAndAMissingOneIsNone) {
  EXPECT_EQ(RuleOf("{"), "JSON");
  EXPECT_EQ(RuleOf("[]"), "JSON");
  EXPECT_EQ(RuleOf("{}"), "FORMAT");
  EXPECT_EQ(RuleOf(std::string(kMaxAnswerModelBytes + 1, ' ')), "FILE_SIZE");
  auto other = Shipped();
  other["format"] = kAnswerModelFormat + 1;
  EXPECT_EQ(RuleOf(other.dump()), "FORMAT");
  other = Shipped();
  other["features"][0] = "weather";
  EXPECT_EQ(RuleOf(other.dump()), "FEATURES");
  other["features"] = 3;
  EXPECT_EQ(RuleOf(other.dump()), "FEATURES");
  other = Shipped();
  other.erase("trees");
  EXPECT_EQ(RuleOf(other.dump()), "TREES");
  const auto missing = AnswerModel::Load("/no/such/answers.json");
  ASSERT_TRUE(missing.ok());
  EXPECT_FALSE(missing->has_value());
}

TEST(AnswerModelTest, FeaturesHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < kAnswerFeatures; ++i) names.insert(NameOf(static_cast<AnswerFeature>(i)));
  EXPECT_EQ(names.size(), kAnswerFeatures);
  EXPECT_EQ(names.count(""), 0U);
}

TEST(AnswerModelTest, OneAnswerIsAsLikelyAsBesideOthers) {
  AnswerFeatures near;
  near[AnswerFeature::kShared] = 3;
  AnswerFeatures far = near;
  far[AnswerFeature::kDistance] = 4;
  const AnswerModel& model = *Names().answer_model();
  const auto together = model.Likelihoods({near, far});
  EXPECT_EQ(model.Likelihoods({near})[0], together[0]);
  EXPECT_EQ(model.Likelihoods({far})[0], together[1]);
  EXPECT_LE(together[1], together[0]);
  EXPECT_TRUE(model.Likelihoods({}).empty());
}

std::vector<PossibleAnswer> PossibleFor(const std::string& need, const std::string& achievement) {
  return PossibleAnswers({First(need), need}, ReadStated(achievement, Names()), Names());
}

// Retrieved abstracts hold a dozen figures each, of which nearly none answers.
TEST(AnswerModelTest, AFigureOfALongTextIsLessLikely) {
  const auto possible = PossibleFor("叉车最大起升高度不小于6m", "该叉车货叉可举到7.2米");
  ASSERT_FALSE(possible.empty());
  std::vector<AnswerFeatures> rows = {possible[0].features, possible[0].features};
  constexpr float kAbstract = 10;  // 1 KiB, as a power of two
  ASSERT_LT(rows[1][AnswerFeature::kTextLength], kAbstract);
  rows[1][AnswerFeature::kTextLength] = kAbstract;
  const std::vector<float> likelihoods = Names().answer_model()->Likelihoods(rows);
  EXPECT_LT(likelihoods[1], likelihoods[0]);
}

TEST(PossibleAnswersTest, AreAllFiguresOfTheKindWhereNoNameTells) {
  const auto possible = PossibleFor("叉车最大起升高度不小于6m", "货叉能举到离地7.2m处，在窄至1.8m的巷道内");
  ASSERT_EQ(possible.size(), 2U);
  EXPECT_EQ(possible[0].verdict, kMissed);
  EXPECT_EQ(possible[1].verdict, kMet);
  EXPECT_EQ(possible[0].features[AnswerFeature::kNamed], 0);
  EXPECT_EQ(possible[0].features[AnswerFeature::kRivals], 1);
  EXPECT_EQ(possible[0].features[AnswerFeature::kSentenceRivals], 1);
  EXPECT_GT(possible[0].features[AnswerFeature::kPlace], possible[1].features[AnswerFeature::kPlace]);
}

TEST(PossibleAnswersTest, SayWhetherTheNamedFigureIsOfWhatTheNeedSpeaksOf) {
  const std::string need = "泡沫混凝土的导热系数不大于0.08W/(m·K)";
  const auto own = PossibleFor(need, "泡沫混凝土的导热系数为0.04W/(m·K)");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].features[AnswerFeature::kNamed], kOfAskedOwner);
  const auto other = PossibleFor(need, "岩棉导热系数0.04W/(m·K)");
  ASSERT_EQ(other.size(), 1U);
  EXPECT_EQ(other[0].features[AnswerFeature::kNamed], kOfOther);
}

TEST(PossibleAnswersTest, CountWordsOfStepsAndWhatTheTextSharesWithTheNeed) {
  const std::string need = "寻求水性木器漆，漆膜干燥时间不超过4h。";
  const auto step = PossibleFor(need, "将树脂加入溶剂，搅拌混合3h。");
  ASSERT_EQ(step.size(), 1U);
  EXPECT_GE(step[0].features[AnswerFeature::kStepWords], 2);
  EXPECT_EQ(step[0].features[AnswerFeature::kSubjectShare], 0);
  const auto result = PossibleFor(need, "该水性木器漆涂布后3h可干。");
  ASSERT_EQ(result.size(), 1U);
  EXPECT_EQ(result[0].features[AnswerFeature::kStepWords], 0);
  EXPECT_GT(result[0].features[AnswerFeature::kSubjectShare], 0.4F);
}

// Several stages state the same quantity, or only a raw material does: the first that is named does not
// decide.
TEST(LikelyAnswer, IsOfTheRightStageInALongText) {
  const std::string fuel = "供热企业寻求垃圾衍生燃料技术，低位热值不低于3500kcal/kg。";
  const std::string stages =
      "该项目建成日处理生活垃圾500t的衍生燃料生产线。进厂垃圾含水率55%，低位热值5.1MJ/"
      "kg，在生物干化仓堆放6d，出仓含水率30%，"
      "此时低位热值10.4MJ/"
      "kg；经滚筒筛（孔径60mm）和风选，轻质物得率42%，破碎至30mm，吨电耗45kWh。成品燃料含水率13%，灰分12%，"
      "收到基低位热值16.3MJ/kg，氯含量0.5%，堆积密度0.2t/m³。";
  ASSERT_GT(stages.size(), kNamesDecideBytes);
  const auto judged = Judge({First(fuel), fuel}, ReadStated(stages, Names()), Names());
  EXPECT_EQ(judged.verdict, kMet) << judged.reason;

  const std::string brick = "窑炉企业寻求镁铁铝尖晶石砖，显气孔率不高于17%。";
  const std::string aggregate =
      "本发明公开一种低导热尖晶石砖，由镁砂颗粒52%、镁砂细粉25%、铁铝尖晶石8%、多孔骨料12%和微粉3%"
      "组成，其中多孔骨料的气孔率为27%，"
      "粒径3mm。混合12min，成型压力150MPa，坯体110℃干燥24h，隧道窑1570℃保温8h。砖的体积密度2.92g/"
      "cm³，常温耐压强度70MPa，"
      "荷重软化温度1680℃，1100℃水冷热震14次，使用寿命比镁铬砖延长20%，每吨成本降低300元。";
  ASSERT_GT(aggregate.size(), kNamesDecideBytes);
  EXPECT_EQ(Judge({First(brick), brick}, ReadStated(aggregate, Names()), Names()).verdict,
            Verdict::kNotStated);
}

TEST(EnduranceTest, WhatAThingStandsIsSaidNearTheFigure) {
  const std::string need = "要求耐高温1700度以上。";
  const auto verdict = [&](const std::string& text) {
    return Judge({First(need), need}, ReadStated(text, Names()), Names()).verdict;
  };
  EXPECT_EQ(verdict("该砖可在1750℃下长期使用。"), kMet);
  EXPECT_EQ(verdict("该焊条在焊接过程中工艺表现优良，电弧稳定，脱渣容易，飞溅小，焊缝成形美观，全位置操作性良"
                    "好，熔敷金属的"
                    "合金元素控制合理，-40℃冲击吸收能不小于100J。"),
            Verdict::kNotStated);
}

TEST(LikelyAnswer, ShowsItsLikelihoodAsConfidence) {
  const std::string need = "叉车最大起升高度不小于6m";
  const auto judged = Judge({First(need), need}, ReadStated("该叉车货叉可举到7.2米", Names()), Names());
  EXPECT_EQ(judged.verdict, kMet);
  EXPECT_GE(judged.alignment, kLikely);
  EXPECT_LT(judged.alignment, 1);
}

TEST(StatedFactsTest, KeepALongClauseOnceForAllItsFigures) {
  std::string text = "孔径";
  for (int i = 0; i < 300; ++i) text += "3mm孔深";
  const Stated stated = ReadStated(text, Names());
  EXPECT_GT(stated.facts->told.size(), 100U);
  EXPECT_EQ(stated.facts->places.clauses(), 1U);
}

TEST(StatedFactsTest, TheMemoryThatTheyHoldIsCounted) {
  const Stated none = ReadStated("这里没有数值", Names());
  const Stated one = ReadStated("孔径3mm，孔深说明从略", Names());
  const Stated two = ReadStated("孔径3mm，孔深4mm，孔距从略", Names());
  const size_t figure = BytesOf(two) - BytesOf(one);
  EXPECT_GT(BytesOf(one), BytesOf(none) + sizeof(Indicator) + sizeof(PreparedName) + sizeof(Told));
  EXPECT_GT(figure, sizeof(Indicator) + sizeof(PreparedName) + sizeof(Told) + sizeof(ClauseFacts));
  EXPECT_LT(figure, 16U << 10);
  Target target{First("孔径不小于3mm"), "孔径不小于3mm"};
  const size_t bare = BytesOf(target);
  Prepare(Names(), &target);
  EXPECT_GT(BytesOf(target), bare + sizeof(PreparedName) + sizeof(ToldChange));
}

TEST(NamedFigure, OfSomethingElseStaysSilent) {
  EXPECT_EQ(VerdictOf("可回收滴灌带的壁厚不小于0.4mm",
                      "地面支管选用PE软管，支管壁厚1.2mm；滴灌带内径16mm，滴头间距300mm"),
            kSilent);
  EXPECT_EQ(VerdictOf("可回收滴灌带的壁厚不小于0.4mm", "滴灌带壁厚1.2mm，支管内径16mm"), kMet);
}

std::string WorkedOut(const std::string& need, const std::string& achievement) {
  return Judge({First(need), need}, ReadStated(achievement, Names()), Names()).conversion;
}

TEST(Pairs, ShowHowTheyWereReckoned) {
  EXPECT_EQ(WorkedOut("清扫机器人的作业效率不低于500m²/h", "样机刷完一个2400m²的阵列历时4h"),
            "2400 m² / 4 h = 600 m²/h");
  EXPECT_EQ(WorkedOut("制冷系统的制冷剂年泄漏率不大于0.1%", "系统加注8000L制冷剂，满一年盘点时漏掉12L"),
            "12 L / 8000 L = 0.15 %");
}

// What two figures of a text tell of a fall told in the unit.
std::string FallIn(const std::string& text, const std::string& unit = "%") {
  const Stated stated = ReadStated(text, Names());
  std::vector<const Indicator*> figures;
  for (const Told& told : stated.facts->told) figures.push_back(&stated.indicators.at(told.index));
  const PairTarget fall = {*ParseUnit(unit), unit, unit == "%", true, true};
  const auto pairs = PairsFor(fall, stated.facts->places, stated.facts->told, figures);
  return pairs.empty() ? "" : pairs[0].told;
}

TEST(Pairs, TellByHowMuchAValueFalls) {
  EXPECT_EQ(FallIn("料在拌缸里热到143℃，原来的热拌要热到165℃", "℃"), "165 ℃ − 143 ℃ = 22 ℃");
  EXPECT_EQ(FallIn("料在拌缸里热到165℃，原来的热拌热到143℃", "℃"), "");
}

TEST(Pairs, TellAChangeFromWhatWasThereBefore) {
  EXPECT_EQ(FallIn("上盖质量为8kg，原来的质量为10kg"), "8 kg / 10 kg = 80 %，降低 20 %");
  EXPECT_EQ(FallIn("原来的质量为10kg，上盖质量为8kg"), "8 kg / 10 kg = 80 %，降低 20 %");
  EXPECT_EQ(FallIn("原来的质量为8kg，上盖质量为10kg"), "");
  EXPECT_EQ(FallIn("上盖质量为10kg，箱体质量为8kg"), "8 kg / 10 kg = 80 %，降低 20 %");
}

TEST(LikelyAnswer, IsToldInWordsToo) {
  EXPECT_EQ(VerdictOf("拖链电缆的弯曲寿命不低于500万次", "装进拖链往复走完620万趟，芯线无一断裂"), kMet);
  EXPECT_EQ(VerdictOf("政务服务平台支持的并发用户不少于5万个", "平台可承载四万八千个并发用户"), kMissed);
}

TEST(Pairs, TellWhatTheirDimensionsGive) {
  EXPECT_EQ(VerdictOf("清扫机器人的作业效率不低于500m²/h", "样机刷完一个2400m²的阵列历时4h"), kMet);
  EXPECT_EQ(VerdictOf("清扫机器人的作业效率不低于800m²/h", "样机刷完一个2400m²的阵列历时4h"), kMissed);
  EXPECT_EQ(VerdictOf("清扫机器人的噪声不高于60dB", "样机刷完一个2400m²的阵列历时4h"), kSilent);
}

}  // namespace
}  // namespace duijie::indicator
