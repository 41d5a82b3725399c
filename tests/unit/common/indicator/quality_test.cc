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
constexpr double kMinTradesAccuracy = 0.93;
constexpr double kMinHeldOutTradesAccuracy = 0.88;
constexpr double kMinHardAccuracy = 0.92;
constexpr double kMinHeldOutHardAccuracy = 0.83;
constexpr double kMinExaminersAccuracy = 0.87;
constexpr double kMinHeldOutExaminersAccuracy = 0.82;

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

TEST(IndicatorQualityTest, JudgesCasesOfManyTrades) {
  const auto tuned = quality::ScoreVerdicts(kQuality / "verdicts" / "tune_trades.jsonl", Names(), nullptr);
  EXPECT_GE(tuned.Accuracy(), kMinTradesAccuracy) << tuned;
  const auto held_out =
      quality::ScoreVerdicts(kQuality / "verdicts" / "held_out_trades.jsonl", Names(), nullptr);
  EXPECT_GE(held_out.Accuracy(), kMinHeldOutTradesAccuracy) << held_out;
}

TEST(IndicatorQualityTest, JudgesHardCases) {
  const auto tuned = quality::ScoreVerdicts(kQuality / "verdicts" / "tune_hard.jsonl", Names(), nullptr);
  EXPECT_GE(tuned.Accuracy(), kMinHardAccuracy) << tuned;
  const auto held_out =
      quality::ScoreVerdicts(kQuality / "verdicts" / "held_out_hard.jsonl", Names(), nullptr);
  EXPECT_GE(held_out.Accuracy(), kMinHeldOutHardAccuracy) << held_out;
}

TEST(IndicatorQualityTest, JudgesWhatExaminersWrote) {
  const auto tuned = quality::ScoreVerdicts(kQuality / "verdicts" / "tune_examiners.jsonl", Names(), nullptr);
  EXPECT_GE(tuned.Accuracy(), kMinExaminersAccuracy) << tuned;
  const auto held_out =
      quality::ScoreVerdicts(kQuality / "verdicts" / "held_out_examiners.jsonl", Names(), nullptr);
  EXPECT_GE(held_out.Accuracy(), kMinHeldOutExaminersAccuracy) << held_out;
}

}  // namespace
}  // namespace duijie::indicator
