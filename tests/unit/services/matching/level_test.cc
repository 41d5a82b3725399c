// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/level.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/support/status_matchers.h"

namespace duijie::matching {
namespace {

using duijie::testing::StatusIs;
using ::testing::HasSubstr;

// Σ over thresholds as the header has it, written differently: E|L − l| for a distribution over levels.
double ExpectedError(const LevelOdds& odds, int level) {
  const double p[] = {1 - odds[0], odds[0] - odds[1], odds[1] - odds[2], odds[2]};
  double error = 0;
  for (int truth = 1; truth <= 4; ++truth) error += p[truth - 1] * std::abs(truth - level);
  return error;
}

double ErrorOf(const std::vector<LevelOdds>& list, const std::vector<int>& levels) {
  double error = 0;
  for (size_t i = 0; i < list.size(); ++i) error += ExpectedError(list[i], levels[i]);
  return error;
}

// The least error of all lists that do not rise, one after the other.
double LeastError(const std::vector<LevelOdds>& list, std::vector<int>* levels) {
  if (levels->size() == list.size()) return ErrorOf(list, *levels);
  double least = 1e9;
  for (int level = 1; level <= (levels->empty() ? 4 : levels->back()); ++level) {
    levels->push_back(level);
    least = std::min(least, LeastError(list, levels));
    levels->pop_back();
  }
  return least;
}

TEST(BestLevelsTest, AreTheBestOfAllListsThatDoNotRise) {
  const unsigned seed = 20261122;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> value(0, 1);
  for (int round = 0; round < 300; ++round) {
    std::vector<LevelOdds> list(random() % 7);
    for (LevelOdds& odds : list) {
      odds = {value(random), value(random), value(random)};
      std::sort(odds.rbegin(), odds.rend());
    }
    std::vector<int> found;
    for (const v1::MatchLevel level : BestLevels(list)) found.push_back(static_cast<int>(level));
    ASSERT_EQ(found.size(), list.size());
    EXPECT_TRUE(std::is_sorted(found.rbegin(), found.rend()));
    std::vector<int> tried;
    EXPECT_NEAR(ErrorOf(list, found), LeastError(list, &tried), 1e-9);
  }
}

TEST(BestLevelsTest, FollowTheOddsWhereTheyFall) {
  EXPECT_EQ(BestLevels({{0.9, 0.8, 0.7}, {0.9, 0.8, 0.2}, {0.9, 0.3, 0.1}, {0.2, 0.1, 0}}),
            (std::vector<v1::MatchLevel>{v1::MATCH_LEVEL_STRONG, v1::MATCH_LEVEL_FAIR, v1::MATCH_LEVEL_WEAK,
                                         v1::MATCH_LEVEL_NONE}));
}

TEST(BestLevelsTest, OneOutlierDoesNotLiftThePairsBeforeIt) {
  const LevelOdds poor = {0.1, 0.05, 0.01};
  const LevelOdds rich = {0.99, 0.9, 0.8};
  for (const v1::MatchLevel level : BestLevels({poor, poor, poor, rich}))
    EXPECT_EQ(level, v1::MATCH_LEVEL_NONE);
  EXPECT_TRUE(BestLevels({}).empty());
}

TEST(LevelOddsTest, AreCutToTheOneBefore) { EXPECT_EQ(Ordered({0.5, 0.7, 0.2}), (LevelOdds{0.5, 0.5, 0.2})); }

TEST(LevelOddsTest, CalibrationKeepsOrderAndTheIdentity) {
  EXPECT_NEAR(Calibrated(0.3, 1, 0), 0.3, 1e-9);
  EXPECT_LT(Calibrated(0.3, 0.5, -1), Calibrated(0.4, 0.5, -1));
  EXPECT_TRUE(std::isfinite(Calibrated(0, 5, 0)));
  EXPECT_TRUE(std::isfinite(Calibrated(1, 5, 0)));
}

LevelEvidence Scoring(double score) {
  LevelEvidence pair;
  pair.raw.fill(score / 2);
  pair.score = score;
  return pair;
}

TEST(LevelTableTest, ColumnsOfTheListDoNotDependOnItsOrder) {
  const FeatureMatrix table = LevelTable({Scoring(0.1), Scoring(0.5), Scoring(0.3)});
  const FeatureMatrix turned = LevelTable({Scoring(0.3), Scoring(0.1), Scoring(0.5)});
  ASSERT_EQ(table.columns, AllLevelColumns().size());
  ASSERT_EQ(table.rows(), 3U);
  for (size_t c = 0; c < table.columns; ++c) {
    EXPECT_EQ(table.values[c], turned.values[table.columns + c]) << AllLevelColumns()[c];
    EXPECT_EQ(table.values[table.columns + c], turned.values[2 * table.columns + c]) << AllLevelColumns()[c];
  }
}

TEST(LevelTableTest, EveryColumnIsFiniteForEqualsAndForOne) {
  for (const std::vector<LevelEvidence>& list :
       {std::vector<LevelEvidence>{Scoring(0)}, std::vector<LevelEvidence>(3, Scoring(0.4))}) {
    for (const float value : LevelTable(list).values) EXPECT_TRUE(std::isfinite(value));
  }
  EXPECT_EQ(LevelTable({}).rows(), 0U);
}

// Trees that learned that level k + 1 begins at score (k + 1) / 4.
internal::v1::LevelModel ModelOfScores() {
  const auto& all = AllLevelColumns();
  const auto score = static_cast<size_t>(std::find(all.begin(), all.end(), "score") - all.begin());
  internal::v1::LevelModel proto;
  proto.add_columns("score");
  for (size_t k = 0; k < kThresholds; ++k) {
    TrainingSet set;
    std::vector<LevelEvidence> list;
    for (int i = 0; i < 200; ++i) list.push_back(Scoring(i / 200.0));
    set.features = PickColumns(LevelTable(list), {score});
    for (int i = 0; i < 200; ++i)
      set.labels.push_back(i / 200.0 >= (static_cast<double>(k) + 1) / 4 ? 1.0F : 0.0F);
    const auto trees = Booster::Train(set, {{"objective", "binary:logistic"}, {"max_depth", "2"}}, 20);
    proto.add_boosters()->set_trees(*(*trees)->Save());
    proto.mutable_boosters(static_cast<int>(k))->set_slope(1);
  }
  return proto;
}

TEST(LevelModelTest, PredictsFromTheColumnsItNames) {
  ASSERT_OK_AND_ASSIGN(const auto model, LevelModel::Parse(ModelOfScores(), "m"));
  ASSERT_OK_AND_ASSIGN(const auto odds,
                       model->Predict({Scoring(0.95), Scoring(0.6), Scoring(0.3), Scoring(0.1)}));
  EXPECT_EQ(BestLevels(odds), (std::vector<v1::MatchLevel>{v1::MATCH_LEVEL_STRONG, v1::MATCH_LEVEL_FAIR,
                                                           v1::MATCH_LEVEL_WEAK, v1::MATCH_LEVEL_NONE}));
  for (const LevelOdds& pair : odds) EXPECT_TRUE(std::is_sorted(pair.rbegin(), pair.rend()));
  ASSERT_EQ(model->gains().size(), 1U);
  EXPECT_DOUBLE_EQ(model->gains()[0], 1);
}

TEST(LevelModelTest, RefusesWhatIsWrongAndSaysWhat) {
  struct Case {
    std::string message;
    std::function<void(internal::v1::LevelModel*)> spoil;
  };
  const std::vector<Case> cases = {
      {"unknown column", [](auto* m) { m->set_columns(0, "copies"); }},
      {"no columns", [](auto* m) { m->clear_columns(); }},
      {"twice", [](auto* m) { m->add_columns("score"); }},
      {"other columns", [](auto* m) { m->add_columns("list_mean"); }},
      {"three boosters", [](auto* m) { m->mutable_boosters()->RemoveLast(); }},
      {"slope", [](auto* m) { m->mutable_boosters(1)->set_slope(0); }},
      {"do not load", [](auto* m) { m->mutable_boosters(1)->set_trees("{}"); }},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.message);
    internal::v1::LevelModel proto = ModelOfScores();
    c.spoil(&proto);
    const auto model = LevelModel::Parse(proto, "file.json");
    ASSERT_THAT(model, StatusIs(StatusCode::kInvalidArgument, "BAD_MODEL"));
    EXPECT_THAT(std::string(MessageOf(model.status())), HasSubstr(c.message));
  }
}

}  // namespace
}  // namespace duijie::matching
