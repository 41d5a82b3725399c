// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/boosting/booster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <random>
#include <thread>

#include "common/boosting/forest.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;

constexpr uint32_t kSeed = 20261122;

// Rows of two features; the label is 1 where the first exceeds a half, whatever the second says.
TrainingSet FirstFeatureDecides(size_t rows) {
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<float> uniform(0, 1);
  TrainingSet set;
  set.features.columns = 2;
  for (size_t i = 0; i < rows; ++i) {
    const float first = uniform(random);
    set.features.values.push_back(first);
    set.features.values.push_back(uniform(random));
    set.labels.push_back(first > 0.5F ? 1 : 0);
  }
  return set;
}

BoosterSettings Logistic() {
  return {{"objective", "binary:logistic"},
          {"max_depth", "2"},
          {"eta", "0.3"},
          {"tree_method", "hist"},
          {"seed", "1"}};
}

std::shared_ptr<const Booster> Trained() {
  StatusOr<std::shared_ptr<const Booster>> booster = Booster::Train(FirstFeatureDecides(400), Logistic(), 20);
  EXPECT_THAT(booster, IsOk());
  return booster.ok() ? *booster : nullptr;
}

TEST(BoosterTest, LearnsWhatDecides) {
  const auto booster = Trained();
  ASSERT_NE(booster, nullptr);
  const auto predicted = booster->Predict({2, {0.9F, 0.1F, 0.1F, 0.9F}});
  ASSERT_THAT(predicted, IsOk());
  EXPECT_GT((*predicted)[0], 0.9F);
  EXPECT_LT((*predicted)[1], 0.1F);
  const auto gains = booster->Gains();
  ASSERT_THAT(gains, IsOk());
  EXPECT_GT((*gains)[0], 100 * (*gains)[1]);
}

TEST(BoosterTest, TheSameRowsGiveTheSameBytes) {
  const auto first = Trained();
  const auto second = Trained();
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(*first->Save(), *second->Save());
}

TEST(BoosterTest, SavedAndLoadedPredictsTheSame) {
  const auto booster = Trained();
  ASSERT_NE(booster, nullptr);
  const auto loaded = Booster::Load(*booster->Save());
  ASSERT_THAT(loaded, IsOk());
  EXPECT_EQ((*loaded)->columns(), 2U);
  const FeatureMatrix rows = FirstFeatureDecides(50).features;
  EXPECT_EQ(*booster->Predict(rows), *(*loaded)->Predict(rows));
}

// What is loaded is not scored by the library, but the numbers are its own.
TEST(BoosterTest, LoadedTreesOfAnyShapeGiveTheLibrarysBits) {
  TrainingSet noisy = FirstFeatureDecides(600);
  std::mt19937 random(kSeed);
  for (float& label : noisy.labels) label = random() % 4 == 0 ? 1 - label : label;
  for (const char* depth : {"1", "2", "3", "4", "6", "9"}) {
    BoosterSettings settings = Logistic();
    settings.emplace_back("max_depth", depth);
    settings.emplace_back("base_score", "0.3");
    const auto trained = Booster::Train(noisy, settings, 40);
    ASSERT_THAT(trained, IsOk());
    const auto loaded = Booster::Load(*(*trained)->Save());
    ASSERT_THAT(loaded, IsOk());
    FeatureMatrix rows = FirstFeatureDecides(3'000).features;
    for (size_t i = 0; i < 600; ++i) rows.values[i] = noisy.features.values[i];  // on thresholds and beside
    EXPECT_EQ(*(*trained)->Predict(rows), *(*loaded)->Predict(rows)) << "depth " << depth;
    for (size_t few = 1; few < 10; ++few) {  // rows that are scored together, and those behind them
      const FeatureMatrix list{2, {rows.values.begin(), rows.values.begin() + std::ptrdiff_t(2 * few)}};
      EXPECT_EQ(*(*trained)->Predict(list), *(*loaded)->Predict(list)) << "depth " << depth << ", " << few;
    }
  }
}

TEST(ForestTest, FollowsOnlyRowsThatAreNotBelowTheFloor) {
  constexpr size_t kStage = 10;  // of 40
  constexpr float kFloor = -0.5F;
  TrainingSet noisy = FirstFeatureDecides(600);
  std::mt19937 random(kSeed);
  for (float& label : noisy.labels) label = random() % 4 == 0 ? 1 - label : label;
  const auto trained = Booster::Train(noisy, Logistic(), 40);
  ASSERT_THAT(trained, IsOk());
  const auto forest = Forest::Of(*(*trained)->Save(), 2);
  ASSERT_TRUE(forest);
  const std::vector<float> rows = FirstFeatureDecides(1'001).features.values;
  const std::vector<float> all = forest->Predict(rows);
  const std::vector<float> followed = forest->PredictUnlessBelow(rows, kStage, kFloor);
  // Nothing is below, or everything: all trees, or only those of one stage.
  EXPECT_EQ(forest->PredictUnlessBelow(rows, kStage, -100), all);
  const auto after = [&](size_t trees) { return forest->PredictUnlessBelow(rows, trees, 100); };
  const std::array<std::vector<float>, 4> sums = {after(kStage), after(2 * kStage), after(3 * kStage), all};
  const float floor = 1 / (1 + std::exp(-kFloor));
  std::array<size_t, 4> left{};  // by the stage after which they are
  for (size_t i = 0; i < followed.size(); ++i) {
    size_t stage = 0;
    while (stage < 3 && sums[stage][i] >= floor) ++stage;
    EXPECT_EQ(followed[i], sums[stage][i]) << i;
    ++left[stage];
  }
  for (const size_t rows_left : left) EXPECT_GT(rows_left, 0U);
}

TEST(BoosterTest, ContributionsOfARowAddUpToItsMargin) {
  StatusOr<std::shared_ptr<const Booster>> booster =
      Booster::Train(FirstFeatureDecides(400),
                     {{"objective", "reg:squarederror"}, {"max_depth", "3"}, {"base_score", "0.5"}}, 10);
  ASSERT_THAT(booster, IsOk());
  const FeatureMatrix rows{2, {0.9F, 0.1F, 0.3F, 0.7F}};
  const auto parts = (*booster)->Contributions(rows);
  const auto values = (*booster)->Predict(rows);
  ASSERT_THAT(parts, IsOk());
  ASSERT_EQ(parts->size(), 6U);
  for (size_t row = 0; row < 2; ++row) {
    EXPECT_NEAR(std::accumulate(parts->begin() + row * 3, parts->begin() + row * 3 + 3, 0.0F), (*values)[row],
                1e-5F);
  }
  EXPECT_GT((*parts)[0], 0);
  EXPECT_LT((*parts)[3], 0);
}

TEST(BoosterTest, AMonotoneFeatureNeverLowersThePrediction) {
  TrainingSet noisy = FirstFeatureDecides(400);
  for (size_t i = 0; i < noisy.labels.size(); i += 5) noisy.labels[i] = 1 - noisy.labels[i];
  BoosterSettings settings = Logistic();
  settings.emplace_back("monotone_constraints", "(1,0)");
  const auto booster = Booster::Train(noisy, settings, 30);
  ASSERT_THAT(booster, IsOk());
  FeatureMatrix rows{2, {}};
  for (int i = 0; i <= 100; ++i) {
    rows.values.push_back(static_cast<float>(i) / 100);
    rows.values.push_back(0.5F);
  }
  const auto predicted = (*booster)->Predict(rows);
  ASSERT_THAT(predicted, IsOk());
  EXPECT_TRUE(std::is_sorted(predicted->begin(), predicted->end()));
}

TEST(BoosterTest, ManyThreadsPredictTheSame) {
  const auto booster = Trained();
  ASSERT_NE(booster, nullptr);
  const FeatureMatrix rows = FirstFeatureDecides(200).features;
  const std::vector<float> expected = *booster->Predict(rows);
  std::vector<std::vector<float>> got(4);
  std::vector<std::thread> threads;
  for (std::vector<float>& mine : got) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) mine = *booster->Predict(rows);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<float>& mine : got) EXPECT_EQ(mine, expected);
}

TEST(BoosterTest, ARankingObjectiveTakesGroups) {
  TrainingSet set = FirstFeatureDecides(40);
  set.groups = {10, 10, 20};
  const auto booster =
      Booster::Train(set, {{"objective", "rank:ndcg"}, {"max_depth", "2"}, {"seed", "1"}}, 10);
  ASSERT_THAT(booster, IsOk());
  const auto predicted = (*booster)->Predict({2, {0.9F, 0.5F, 0.1F, 0.5F}});
  EXPECT_GT((*predicted)[0], (*predicted)[1]);
}

TEST(BoosterTest, SizesThatDoNotFitAreRefused) {
  TrainingSet set = FirstFeatureDecides(10);
  set.labels.pop_back();
  EXPECT_THAT(Booster::Train(set, Logistic(), 1), StatusIs(StatusCode::kInvalidArgument, "BAD_TRAINING_SET"));
  set = FirstFeatureDecides(10);
  set.groups = {4, 4};
  EXPECT_THAT(Booster::Train(set, Logistic(), 1), StatusIs(StatusCode::kInvalidArgument, "BAD_TRAINING_SET"));
  const auto booster = Trained();
  ASSERT_NE(booster, nullptr);
  EXPECT_THAT(booster->Predict({3, {1, 2, 3}}), StatusIs(StatusCode::kInvalidArgument, "BAD_TRAINING_SET"));
}

TEST(BoosterTest, BytesThatAreNoModelAreRefused) {
  EXPECT_THAT(Booster::Load("{\"not\": \"a model\"}"), StatusIs(StatusCode::kInvalidArgument, "BAD_MODEL"));
  EXPECT_THAT(Booster::Load(""), StatusIs(StatusCode::kInvalidArgument, "BAD_MODEL"));
}

}  // namespace
}  // namespace duijie
