// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_metrics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace duijie {
namespace {

constexpr double kTolerance = 1e-12;
const MeasureOptions kAll{.min_judged = 1, .depth = 100};

TEST(EvalMetricsTest, HandComputedNeed) {
  // Levels in ranked order: 3, 1, 4, 2. Gains 3, 0, 7, 1; ideal order 7, 3, 1, 0.
  const Judgements judgements = {{"n", {{"a", 3}, {"b", 1}, {"c", 4}, {"d", 2}}}};
  const ScoredRun run = {{"n", {{"a", 0.9}, {"b", 0.8}, {"c", 0.7}, {"d", 0.6}}}};
  const Measures measures = Measure(judgements, run, kAll);
  ASSERT_EQ(measures.needs.size(), 1u);
  const double dcg = 3 / 1.0 + 0 + 7 / 2.0 + 1 / std::log2(5.0);
  const double ideal = 7 / 1.0 + 3 / std::log2(3.0) + 1 / 2.0;
  EXPECT_NEAR(measures.ndcg10, dcg / ideal, kTolerance);
  EXPECT_NEAR(measures.ndcg10, 0.73787, 1e-4);
  EXPECT_NEAR(measures.precision5, 2.0 / 5, kTolerance);
  EXPECT_NEAR(measures.mrr, 1.0, kTolerance);
  EXPECT_NEAR(measures.best_first, 0.0, kTolerance);
  EXPECT_NEAR(measures.recall, 1.0, kTolerance);
  EXPECT_EQ(measures.judged_listed, 4);
}

TEST(EvalMetricsTest, UnjudgedAchievementsCountForRecallOnly) {
  const Judgements judgements = {{"n", {{"a", 4}, {"b", 3}}}};
  const ScoredRun run = {{"n", {{"x", 0.9}, {"a", 0.8}, {"y", 0.7}, {"b", 0.6}}}};
  const Measures measures = Measure(judgements, run, {.min_judged = 1, .depth = 2});
  EXPECT_NEAR(measures.ndcg10, 1.0, kTolerance);
  EXPECT_NEAR(measures.best_first, 1.0, kTolerance);
  EXPECT_NEAR(measures.recall, 0.5, kTolerance);  // b is fourth
}

TEST(EvalMetricsTest, TiesAreBrokenById) {
  const Judgements judgements = {{"n", {{"a", 1}, {"b", 4}}}};
  const Measures measures = Measure(judgements, {{"n", {{"b", 0.5}, {"a", 0.5}}}}, kAll);
  EXPECT_NEAR(measures.mrr, 0.5, kTolerance);
}

TEST(EvalMetricsTest, CountsOnlyNeedsWithEnoughJudgementsAndARelevantOne) {
  const Judgements judgements = {
      {"few", {{"a", 4}}}, {"none", {{"a", 1}, {"b", 2}}}, {"good", {{"a", 1}, {"b", 3}}}};
  const Measures measures = Measure(judgements, {}, {.min_judged = 2, .depth = 100});
  ASSERT_EQ(measures.needs.size(), 1u);
  EXPECT_EQ(measures.needs[0].need, "good");
  EXPECT_NEAR(measures.ndcg10, 0.0, kTolerance);  // counted though the run lacks it
  EXPECT_EQ(measures.judged_total, 5);
}

TEST(EvalMetricsTest, LevelScoreIsOverAllListedPairs) {
  // Rounded: 3, 3 (half rounds up), 1; errors 1, 0, 1 of three pairs, d is not listed. "few" does not count
  // for the other measures, but its pairs do here.
  const Judgements judgements = {{"few", {{"a", 4}}}, {"n", {{"b", 3}, {"c", 2}, {"d", 1}}}};
  const ScoredRun run = {{"few", {{"a", 3.4}}}, {"n", {{"b", 2.5}, {"c", 1.49}, {"x", 1.0}}}};
  const Measures measures = Measure(judgements, run, {.min_judged = 2, .depth = 100});
  ASSERT_EQ(measures.needs.size(), 1u);
  ASSERT_TRUE(measures.level_score.has_value());
  EXPECT_NEAR(*measures.level_score, 1 / (1 + 2.0 / 3), kTolerance);
  ASSERT_EQ(measures.level_errors.size(), 2u);
  EXPECT_EQ(measures.level_errors[0].sum, 1);
  EXPECT_EQ(measures.level_errors[1].pairs, 2);
}

TEST(EvalMetricsTest, ScoresBeyondTheLevelsAreNotLevels) {
  const Judgements judgements = {{"n", {{"a", 4}}}};
  for (const double beyond : {0.99, 4.01}) {
    const ScoredRun run = {{"n", {{"a", 4}}}, {"of nobody", {{"x", beyond}}}};
    EXPECT_FALSE(Measure(judgements, run, kAll).level_score.has_value()) << beyond;
  }
  EXPECT_FALSE(Measure(judgements, {{"n", {{"x", 2}}}}, kAll).level_score.has_value())
      << "no judged pair listed";
}

// Numbers printed by a reference scorer, written independently, for the same pairs.
TEST(EvalMetricsTest, AgreesWithTheReferenceScorer) {
  const Judgements judgements = {{"n1",
                                  {{"a00", 4},
                                   {"a01", 3},
                                   {"a02", 3},
                                   {"a03", 3},
                                   {"a04", 2},
                                   {"a05", 2},
                                   {"a06", 2},
                                   {"a07", 1},
                                   {"a08", 1},
                                   {"a09", 1},
                                   {"a10", 4},
                                   {"a11", 4}}},
                                 {"n2",
                                  {{"a00", 3},
                                   {"a01", 3},
                                   {"a02", 2},
                                   {"a03", 2},
                                   {"a04", 2},
                                   {"a05", 1},
                                   {"a06", 1},
                                   {"a07", 1},
                                   {"a08", 4},
                                   {"a09", 4},
                                   {"a10", 3}}},
                                 {"n3",
                                  {{"a00", 2},
                                   {"a01", 2},
                                   {"a02", 2},
                                   {"a03", 1},
                                   {"a04", 1},
                                   {"a05", 1},
                                   {"a06", 2},
                                   {"a07", 2},
                                   {"a08", 1},
                                   {"a09", 1}}},
                                 {"n4", {{"a00", 2}, {"a01", 1}, {"a02", 1}}}};
  const ScoredRun run = {{"n1",
                          {{"a00", 1.25},
                           {"a01", 2.5},
                           {"a02", 3.75},
                           {"a03", 1.75},
                           {"a05", 1.0},
                           {"a06", 2.25},
                           {"a07", 3.5},
                           {"a08", 1.5},
                           {"a10", 4.0},
                           {"a11", 2.0},
                           {"x1", 2.25},
                           {"x2", 1.5}}},
                         {"n2",
                          {{"a00", 1.5},
                           {"a01", 2.75},
                           {"a02", 4.0},
                           {"a04", 3.25},
                           {"a05", 1.25},
                           {"a06", 2.5},
                           {"a07", 3.75},
                           {"a09", 3.0},
                           {"a10", 1.0},
                           {"x1", 2.25},
                           {"x2", 1.5}}},
                         {"n3",
                          {{"a00", 1.75},
                           {"a01", 3.0},
                           {"a03", 2.25},
                           {"a04", 3.5},
                           {"a05", 1.5},
                           {"a06", 2.75},
                           {"a08", 2.0},
                           {"a09", 3.25},
                           {"x1", 2.25},
                           {"x2", 1.5}}},
                         {"n4", {{"a00", 2.0}, {"a02", 1.25}, {"x1", 2.25}, {"x2", 1.5}}}};
  const Measures measures = Measure(judgements, run, {});
  ASSERT_EQ(measures.needs.size(), 2u);
  constexpr double kPrinted = 5.1e-5;
  EXPECT_NEAR(measures.needs[0].ndcg10, 0.8491, kPrinted);
  EXPECT_NEAR(measures.needs[1].ndcg10, 0.4628, kPrinted);
  EXPECT_NEAR(measures.ndcg10, 0.6559, kPrinted);
  EXPECT_NEAR(measures.precision5, 0.5, kPrinted);
  EXPECT_NEAR(measures.mrr, 0.625, kPrinted);
  EXPECT_NEAR(measures.best_first, 0.5, kPrinted);
  EXPECT_EQ(measures.judged_listed, 29);
  EXPECT_EQ(measures.judged_total, 36);
  ASSERT_TRUE(measures.level_score.has_value());
  EXPECT_NEAR(*measures.level_score, 0.4603, kPrinted);
}

TEST(EvalMetricsTest, NothingToCountGivesZeros) {
  const Measures measures = Measure({}, {}, kAll);
  EXPECT_TRUE(measures.needs.empty());
  EXPECT_EQ(measures.ndcg10, 0);
}

}  // namespace
}  // namespace duijie
