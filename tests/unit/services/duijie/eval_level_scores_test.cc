// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_level_scores.h"

#include <gtest/gtest.h>

#include <cmath>

#include "services/duijie/trec_file.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

int Rounded(double score) { return static_cast<int>(std::floor(score + 0.5)); }

TEST(EvalLevelScoresTest, SpreadsEachLevelEvenly) {
  const std::vector<double> scores = LevelScores({4, 3, 3, 3, 1});
  ASSERT_EQ(scores.size(), 5u);
  EXPECT_DOUBLE_EQ(scores[0], 3.75);
  EXPECT_DOUBLE_EQ(scores[1], 3.25);
  EXPECT_DOUBLE_EQ(scores[2], 3.0);
  EXPECT_DOUBLE_EQ(scores[3], 2.75);
  EXPECT_DOUBLE_EQ(scores[4], 1.25);
}

TEST(EvalLevelScoresTest, WrittenScoresOrderAndRoundForTheLongestLists) {
  constexpr int kResults = 2000;
  for (const int only : {0, 1, 2, 3, 4}) {  // 0: all levels, 500 of each
    std::vector<int> levels;
    for (int i = 0; i < kResults; ++i) levels.push_back(only == 0 ? 4 - i / 500 : only);
    const std::vector<double> scores = LevelScores(levels);
    std::vector<RankedAchievement> ranked;
    for (size_t i = 0; i < scores.size(); ++i) ranked.push_back({"a" + std::to_string(i), scores[i]});
    ASSERT_OK_AND_ASSIGN(const std::string text, FormatRun("n", ranked, "t"));
    ASSERT_OK_AND_ASSIGN(const ScoredRun run, ParseRun(text, "r"));
    double previous = 4.1;
    for (size_t i = 0; i < levels.size(); ++i) {
      const double written = run.at("n").at(ranked[i].id);
      EXPECT_LT(written, previous) << i;
      EXPECT_GE(written, 1) << i;
      EXPECT_LE(written, 4) << i;
      EXPECT_EQ(Rounded(written), levels[i]) << i;
      previous = written;
    }
  }
}

TEST(EvalLevelScoresTest, OrderComesBeforeARisingLevel) {
  const std::vector<double> scores = LevelScores({2, 4, 1, 3});
  EXPECT_DOUBLE_EQ(scores[0], 2.5 - 1.0 / 3);
  EXPECT_DOUBLE_EQ(scores[1], 2.5 - 2.0 / 3);
  EXPECT_DOUBLE_EQ(scores[2], 1.5 - 0.5 / 3);
  EXPECT_DOUBLE_EQ(scores[3], 1.5 - 1.0 / 3);
}

TEST(EvalLevelScoresTest, NothingGivesNothing) { EXPECT_TRUE(LevelScores({}).empty()); }

}  // namespace
}  // namespace duijie
