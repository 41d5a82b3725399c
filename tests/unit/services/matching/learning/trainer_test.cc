// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/trainer.h"

#include <gtest/gtest.h>

#include <random>

#include "services/matching/learning/trainer_levels.h"
#include "services/matching/learning/trainer_weights.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/learning/training_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::StatusIs;
using testing::PlantedData;
using testing::StartModel;

Needs NeedsOf(const TrainingData& data) {
  Needs needs;
  for (const TrainingNeed& need : data.needs) needs.push_back(&need);
  return needs;
}

double Sum(const TextWeights& weights) { return std::accumulate(weights.begin(), weights.end(), 0.0); }

TEST(TrainerTest, LearnsWhatTheGradesFollowAndSaysSo) {
  const auto start = StartModel();
  ASSERT_OK_AND_ASSIGN(const auto model, TrainModel(PlantedData(kRecordCoverage), *start, {1, 5, {}}));
  ASSERT_OK_AND_ASSIGN(const auto learned, testing::Named(model));
  EXPECT_GT(learned->weight(kRecordCoverage), 4 * start->weight(kRecordCoverage));
  EXPECT_NEAR(Sum(TextWeightsOf(*learned)), Sum(TextWeightsOf(*start)), 1e-9);
  const v1::ModelEvaluation& evaluation = model.card().evaluation();
  EXPECT_EQ(evaluation.needs(), 40);
  EXPECT_GT(evaluation.gain().low(), 0);
  EXPECT_LT(evaluation.p_value(), 0.01);
  EXPECT_GT(evaluation.level_score().low(), 0.75);
  EXPECT_GT(evaluation.ndcg10().value(), evaluation.ndcg10_in_service().high());
}

TEST(TrainerTest, KeepsTheWeightsInServiceWhereGradesFollowNothing) {
  const auto start = StartModel();
  const TrainingData data = PlantedData(testing::kNoSignal);
  ASSERT_OK_AND_ASSIGN(const TextWeights weights, ChooseWeights(NeedsOf(data), *start, 1, {}));
  EXPECT_EQ(weights, TextWeightsOf(*start));
}

TEST(TrainerTest, AFeatureWithoutEvidenceKeepsItsWeight) {
  const auto start = StartModel();
  TrainingData data = PlantedData(kRecordCoverage);
  for (TrainingNeed& need : data.needs) {
    for (TrainingPair& pair : need.pairs) pair.raw[kTitleCoverage] = 0;
  }
  const TextWeights weights = FitWeights(NeedsOf(data), *start, 0.01);
  EXPECT_EQ(weights[kTitleCoverage], start->weight(kTitleCoverage));
  EXPECT_GT(weights[kRecordCoverage], start->weight(kRecordCoverage));
}

TEST(TrainerTest, AGreaterLambdaStaysNearer) {
  const auto start = StartModel();
  const TrainingData data = PlantedData(kRecordCoverage);
  const auto distance = [&](double lambda) {
    const TextWeights weights = FitWeights(NeedsOf(data), *start, lambda);
    double squares = 0;
    for (size_t i = 0; i < weights.size(); ++i) squares += std::pow(weights[i] - start->weight(i), 2);
    return squares;
  };
  EXPECT_LT(distance(100), distance(1));
  EXPECT_LT(distance(1), distance(0.01));
  for (const double weight : FitWeights(NeedsOf(data), *start, 0.01)) EXPECT_GE(weight, 0);
}

TEST(TrainerTest, TheSameDataAndSeedGiveTheSameBytes) {
  const auto start = StartModel();
  const TrainingData data = PlantedData(kRecordCoverage);
  ASSERT_OK_AND_ASSIGN(const auto once, TrainModel(data, *start, {7, 5, {}}));
  ASSERT_OK_AND_ASSIGN(const auto again, TrainModel(data, *start, {7, 5, {}}));
  ASSERT_OK_AND_ASSIGN(const auto other, TrainModel(data, *start, {8, 5, {}}));
  EXPECT_EQ(once.SerializeAsString(), again.SerializeAsString());
  EXPECT_NE(once.levels().boosters(0).trees(), other.levels().boosters(0).trees());
}

TEST(TrainerTest, LevelsNeverRiseAlongTheOrder) {
  const auto start = StartModel();
  const TrainingData data = PlantedData(kRecordCoverage);
  ASSERT_OK_AND_ASSIGN(const auto model, TrainModel(data, *start, {1, 5, {}}));
  ASSERT_OK_AND_ASSIGN(const auto learned, testing::Named(model));
  for (const TrainingNeed& need : data.needs) {
    ASSERT_OK_AND_ASSIGN(const auto odds, learned->levels()->Predict(RankedEvidence(need, *learned)));
    const std::vector<v1::MatchLevel> levels = BestLevels(odds);
    EXPECT_TRUE(std::is_sorted(levels.rbegin(), levels.rend()));
  }
}

TEST(TrainerTest, RefusesTooFewJudgements) {
  TrainingData data = PlantedData(kRecordCoverage);
  data.needs.resize(4);
  EXPECT_THAT(TrainModel(data, *StartModel(), {1, 5, {}}),
              StatusIs(StatusCode::kFailedPrecondition, "TOO_FEW_JUDGEMENTS"));
  data = PlantedData(kRecordCoverage);
  for (TrainingNeed& need : data.needs) {
    for (TrainingPair& pair : need.pairs) pair.level = std::min(pair.level, kRelevantLevel);
  }
  EXPECT_THAT(TrainModel(data, *StartModel(), {1, 5, {}}),
              StatusIs(StatusCode::kFailedPrecondition, "TOO_FEW_JUDGEMENTS"));
}

TEST(TrainerTest, StopsWhenTheCallerIsGone) {
  const auto gone = [] { return Error(StatusCode::kCancelled, "CALLER_GONE", "gone"); };
  EXPECT_THAT(TrainModel(PlantedData(kRecordCoverage), *StartModel(), {1, 5, gone}),
              StatusIs(StatusCode::kCancelled, "CALLER_GONE"));
}

TEST(FoldsTest, NeedsOfOneGroupAreNeverOnBothSides) {
  TrainingData data = PlantedData(kRecordCoverage);
  for (size_t i = 0; i < data.needs.size(); ++i) data.needs[i].group = std::to_string(i / 3);
  size_t held_out = 0;
  for (const Fold& fold : FoldsOf(NeedsOf(data), 5, 1)) {
    held_out += fold.held_out.size();
    EXPECT_EQ(fold.held_out.size() + fold.learned.size(), data.needs.size());
    for (const TrainingNeed* out : fold.held_out) {
      for (const TrainingNeed* in : fold.learned) EXPECT_NE(out->group, in->group);
    }
  }
  EXPECT_EQ(held_out, data.needs.size());
}

}  // namespace
}  // namespace duijie::matching
