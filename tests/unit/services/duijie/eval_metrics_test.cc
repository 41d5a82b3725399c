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

TEST(EvalMetricsTest, NothingToCountGivesZeros) {
  const Measures measures = Measure({}, {}, kAll);
  EXPECT_TRUE(measures.needs.empty());
  EXPECT_EQ(measures.ndcg10, 0);
}

}  // namespace
}  // namespace duijie
