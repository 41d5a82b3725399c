// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_statistics.h"

#include <gtest/gtest.h>

#include <utility>

namespace duijie {
namespace {

constexpr double kExactness = 1e-12;

MeasureParts Means(const std::vector<double>& values) {
  MeasureParts measure{"ndcg10", MeasureKind::kMean, {}};
  for (const double value : values) measure.parts.push_back({value, 1});
  return measure;
}

TEST(EvalStatisticsTest, LevelScoreWeighsNeedsByTheirPairs) {
  const std::vector<NeedPart> parts = {{0, 1}, {9, 9}};
  EXPECT_NEAR(ValueOf(parts, MeasureKind::kLevelScore), 1 / 1.9, kExactness);
  EXPECT_NEAR(ValueOf(parts, MeasureKind::kMean), 0.9, kExactness);
}

TEST(EvalStatisticsTest, EqualNeedsHaveAnIntervalOfOnePoint) {
  const Interval interval = IntervalOf(Means({0.25, 0.25, 0.25}), {});
  EXPECT_NEAR(interval.low, 0.25, kExactness);
  EXPECT_NEAR(interval.high, 0.25, kExactness);
}

TEST(EvalStatisticsTest, TwoNeedsAreDrawnInAllFourWays) {
  // Draws are 0, 0.5, 0.5 and 1, each with probability 1/4: 2.5 % from either end lie 0 and 1.
  const Interval interval = IntervalOf(Means({0, 1}), {});
  EXPECT_NEAR(interval.low, 0, kExactness);
  EXPECT_NEAR(interval.high, 1, kExactness);
}

TEST(EvalStatisticsTest, IntervalOfAShareIsThatOfTheBinomial) {
  std::vector<double> values(200, 0.0);
  for (size_t i = 0; i < 100; ++i) values[i] = 1;
  const Interval interval = IntervalOf(Means(values), {});
  const double half = 1.96 * 0.5 / 14.142;  // 1.96 standard errors
  EXPECT_NEAR(interval.low, 0.5 - half, 0.01);
  EXPECT_NEAR(interval.high, 0.5 + half, 0.01);
}

TEST(EvalStatisticsTest, IntervalDependsOnTheSeedOnly) {
  const MeasureParts measure = Means({0.1, 0.35, 0.42, 0.77, 0.9, 0.03, 0.58});
  const Interval one = IntervalOf(measure, {.seed = 1});
  const Interval again = IntervalOf(measure, {.seed = 1});
  const Interval other = IntervalOf(measure, {.seed = 2});
  EXPECT_EQ(one.low, again.low);
  EXPECT_EQ(one.high, again.high);
  EXPECT_NE(std::pair(one.low, one.high), std::pair(other.low, other.high));
}

TEST(EvalStatisticsTest, NeedsWithoutWeightDoNotWidenAnInterval) {
  MeasureParts measure{"level_score", MeasureKind::kLevelScore, {{5, 10}, {0, 0}, {0, 0}}};
  const Interval interval = IntervalOf(measure, {});
  EXPECT_NEAR(interval.low, 1 / 1.5, kExactness);
  EXPECT_NEAR(interval.high, 1 / 1.5, kExactness);
}

TEST(EvalStatisticsTest, FewNeedsAreTestedExactly) {
  // Of the eight ways to swap three needs only two leave a difference of 1.
  const Difference difference = Compare(Means({0, 0, 0}), Means({1, 1, 1}), {});
  EXPECT_TRUE(difference.exact);
  EXPECT_NEAR(difference.p, 0.25, kExactness);
  EXPECT_NEAR(difference.mean, 1, kExactness);
  EXPECT_EQ(difference.better, 3);
  EXPECT_EQ(difference.worse, 0);
}

TEST(EvalStatisticsTest, HandComputedExactTest) {
  // Differences 0.4, 0.2 and -0.1, in sum 0.5. Of ±0.4 ±0.2 ±0.1 four are 0.5 or more in size: 0.7, 0.5 and
  // their opposites.
  const Difference difference = Compare(Means({0.1, 0.2, 0.3}), Means({0.5, 0.4, 0.2}), {});
  EXPECT_NEAR(difference.p, 4.0 / 8, kExactness);
  EXPECT_NEAR(difference.mean, 0.5 / 3, kExactness);
  EXPECT_EQ(difference.better, 2);
  EXPECT_EQ(difference.worse, 1);
}

TEST(EvalStatisticsTest, NeedsWithoutADifferenceDoNotChangeP) {
  const Difference difference = Compare(Means({0, 0, 0, 0.5, 0.5}), Means({1, 1, 1, 0.5, 0.5}), {});
  EXPECT_NEAR(difference.p, 0.25, kExactness);
}

TEST(EvalStatisticsTest, EqualRunsDoNotDiffer) {
  const Difference difference = Compare(Means({0.1, 0.7}), Means({0.1, 0.7}), {});
  EXPECT_NEAR(difference.p, 1, kExactness);
  EXPECT_EQ(difference.interval.low, 0);
  EXPECT_EQ(difference.interval.high, 0);
}

TEST(EvalStatisticsTest, ManyNeedsAreTestedByDrawsThatAgreeWithTheExactTest) {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 14; ++i) {
    a.push_back(0.5);
    b.push_back(0.5 + 0.05 * (i % 5) - 0.06 + 0.001 * i);
  }
  const Difference drawn = Compare(Means(a), Means(b), {});
  const Difference exact = Compare(Means(a), Means(b), {.permutations = 1 << 14});
  EXPECT_FALSE(drawn.exact);
  EXPECT_TRUE(exact.exact);
  EXPECT_NEAR(drawn.p, exact.p, 0.02);
  EXPECT_GT(exact.p, 0.01);
}

TEST(EvalStatisticsTest, PIsNeverZero) {
  const Difference difference =
      Compare(Means(std::vector<double>(60, 0)), Means(std::vector<double>(60, 1)), {});
  EXPECT_NEAR(difference.p, 1.0 / 10'001, kExactness);
}

TEST(EvalStatisticsTest, LevelScoresAreComparedAsScores) {
  // Mean errors 1 and 0.5. Swapping the one need that differs gives the same size of difference.
  const MeasureParts a{"level_score", MeasureKind::kLevelScore, {{4, 4}, {2, 2}, {0, 0}}};
  const MeasureParts b{"level_score", MeasureKind::kLevelScore, {{1, 4}, {2, 2}, {0, 0}}};
  const Difference difference = Compare(a, b, {});
  EXPECT_NEAR(difference.mean, 1 / 1.5 - 1 / 2.0, kExactness);
  EXPECT_NEAR(difference.p, 1, kExactness);
  EXPECT_EQ(difference.better, 1);
}

TEST(EvalStatisticsTest, PartsFollowTheMeasures) {
  Measures measures;
  measures.needs = {
      {.need = "n", .ndcg10 = 0.5, .precision5 = 0.2, .reciprocal_rank = 1, .best_first = true}};
  EXPECT_EQ(PartsOf(measures).size(), 5u);
  measures.level_score = 0.5;
  measures.level_errors = {{"m", 3, 4}, {"n", 1, 2}};
  const std::vector<MeasureParts> parts = PartsOf(measures);
  ASSERT_EQ(parts.size(), 6u);
  EXPECT_EQ(parts[3].key, "best_first");
  EXPECT_EQ(parts[3].parts, (std::vector<NeedPart>{{1, 1}}));
  EXPECT_EQ(parts[5].parts, (std::vector<NeedPart>{{3, 4}, {1, 2}}));
}

}  // namespace
}  // namespace duijie
