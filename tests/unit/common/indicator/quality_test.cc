// SPDX-License-Identifier: GPL-3.0-or-later
// Floors under what tests/quality/indicator_quality measures.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "common/indicator/align.h"
#include "tests/quality/indicator_score.h"
#include "tests/support/paths.h"
#include "tests/unit/common/indicator/judging.h"

namespace duijie::indicator {
namespace {

const std::filesystem::path kQuality = duijie::testing::SourceFile("tests/quality");
constexpr double kMinTunedF1 = 0.97;
constexpr double kMinHeldOutF1 = 0.92;
constexpr double kMinAccuracy = 0.97;
constexpr double kMinHeldOutAccuracy = 0.9;

TEST(IndicatorQualityTest, ReadsTheTunedSentences) {
  const auto score = quality::ScoreExtraction(kQuality / "indicators" / "tune.jsonl", &std::cout);
  EXPECT_GT(score.labels, 100U);
  EXPECT_GE(score.F1(), kMinTunedF1) << score;
}

TEST(IndicatorQualityTest, ReadsSentencesItWasNotTunedOn) {
  const auto score = quality::ScoreExtraction(kQuality / "indicators" / "held_out.jsonl", nullptr);
  EXPECT_GT(score.labels, 100U);
  EXPECT_GE(score.F1(), kMinHeldOutF1) << score;
}

TEST(IndicatorQualityTest, JudgesTheTunedCases) {
  const auto score = quality::ScoreVerdicts(kQuality / "verdicts" / "tune.jsonl", Names(), &std::cout);
  EXPECT_GT(score.cases, 50U);
  EXPECT_GE(score.Accuracy(), kMinAccuracy) << score;
}

TEST(IndicatorQualityTest, JudgesCasesItWasNotTunedOn) {
  const auto score = quality::ScoreVerdicts(kQuality / "verdicts" / "held_out.jsonl", Names(), nullptr);
  EXPECT_GT(score.cases, 50U);
  EXPECT_GE(score.Accuracy(), kMinHeldOutAccuracy) << score;
}

struct SetOfCases {
  const char* name;
  double tuned;     // least share of right verdicts
  double held_out;  // of those that were not tuned on
};

class SetQualityTest : public ::testing::TestWithParam<SetOfCases> {};
TEST_P(SetQualityTest, IsJudged) {
  const auto score = [](const std::string& half) {
    const auto file = half + GetParam().name + ".jsonl";
    return quality::ScoreVerdicts(kQuality / "verdicts" / file, Names(), nullptr);
  };
  const auto tuned = score("tune_");
  EXPECT_GE(tuned.Accuracy(), GetParam().tuned) << tuned;
  const auto held_out = score("held_out_");
  EXPECT_GE(held_out.Accuracy(), GetParam().held_out) << held_out;
}
INSTANTIATE_TEST_SUITE_P(Sets, SetQualityTest,
                         ::testing::Values(SetOfCases{"trades", 0.93, 0.88}, SetOfCases{"hard", 0.92, 0.83},
                                           SetOfCases{"wide", 0.80, 0.68},
                                           SetOfCases{"examiners", 0.89, 0.86}));

}  // namespace
}  // namespace duijie::indicator
