// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/trainer_levels.h"

#include <algorithm>
#include <cmath>

#include "services/matching/learning/trainer_weights.h"
#include "services/matching/ranking.h"

namespace duijie::matching {
namespace {

constexpr int kRounds = 60;
constexpr int kCalibrationFolds = 5;
constexpr int kNewtonSteps = 50;
constexpr double kConverged = 1e-9;
constexpr double kMinSlope = 0.05;
constexpr double kMaxSlope = 5;
constexpr double kRidge = 1e-6;  // keeps Newton's matrix invertible
constexpr double kFurthestOdds = 1e-7;

const std::vector<std::string>& UsedColumns() {
  static const std::vector<std::string> kNames = {"title_to_record", "likeness",    "title_likeness",
                                                  "score",           "score_share", "score_standard",
                                                  "score_place",     "best_score",  "list_mean"};
  return kNames;
}

std::vector<size_t> UsedColumnNumbers() {
  const std::vector<std::string>& all = AllLevelColumns();
  std::vector<size_t> numbers;
  for (const std::string& name : UsedColumns())
    numbers.push_back(static_cast<size_t>(std::find(all.begin(), all.end(), name) - all.begin()));
  return numbers;
}

BoosterSettings Settings(int64_t seed) {
  std::string monotone;
  for (const size_t column : UsedColumnNumbers())
    monotone += (monotone.empty() ? "(" : ",") + std::to_string(MonotonyOf(column));
  return {{"objective", "binary:logistic"},
          {"tree_method", "exact"},
          {"eta", "0.06"},
          {"max_depth", "3"},
          {"min_child_weight", "10"},
          {"subsample", "0.7"},
          {"colsample_bytree", "0.5"},
          {"lambda", "10"},
          {"monotone_constraints", monotone + ")"},
          {"seed", std::to_string(seed)}};
}

// Rows of all needs, need after need, each list in its order.
struct Rows {
  FeatureMatrix features;
  std::vector<int> levels;
  std::vector<float> weights;
};

Rows RowsOf(const Needs& needs, const RankingModel& order) {
  Rows rows;
  const std::vector<size_t> columns = UsedColumnNumbers();
  rows.features.columns = columns.size();
  for (const TrainingNeed* need : needs) {
    const FeatureMatrix table = PickColumns(LevelTable(RankedEvidence(*need, order)), columns);
    rows.features.values.insert(rows.features.values.end(), table.values.begin(), table.values.end());
    for (const size_t i : RankedOrder(*need, order)) {
      rows.levels.push_back(need->pairs[i].level);
      rows.weights.push_back(static_cast<float>(need->pairs[i].weight));
    }
  }
  return rows;
}

// 1 for rows of at least this level.
std::vector<float> Reached(const Rows& rows, size_t threshold) {
  std::vector<float> labels;
  for (const int level : rows.levels)
    labels.push_back(level - kLowestLevel > static_cast<int>(threshold) ? 1.0F : 0.0F);
  return labels;
}

StatusOr<std::shared_ptr<const Booster>> TrainTrees(const Rows& rows, size_t threshold, int64_t seed) {
  TrainingSet set;
  set.features = rows.features;
  set.labels = Reached(rows, threshold);
  set.weights = rows.weights;
  const auto reached = std::count(set.labels.begin(), set.labels.end(), 1.0F);
  if (reached == 0 || reached == static_cast<std::ptrdiff_t>(set.labels.size())) {
    return Error(StatusCode::kFailedPrecondition, "TOO_FEW_JUDGEMENTS",
                 "评判中须既有达到各等级的，也有未达到的，才能训练");
  }
  return Booster::Train(set, Settings(seed), kRounds);
}

struct Calibration {
  double slope = 1;
  double intercept = 0;
};

struct CalibrationRow {
  double margin;
  double target;
  double weight;
};

// Platt's fit by Newton's method, with his targets that keep away from 0 and 1.
Calibration FitCalibration(const std::vector<CalibrationRow>& rows) {
  Calibration fit;
  for (int step = 0; step < kNewtonSteps; ++step) {
    double ga = 0, gb = 0, haa = kRidge, hab = 0, hbb = kRidge;
    for (const CalibrationRow& row : rows) {
      const double p = 1 / (1 + std::exp(-(fit.slope * row.margin + fit.intercept)));
      const double error = row.weight * (p - row.target);
      const double curve = row.weight * p * (1 - p);
      ga += error * row.margin;
      gb += error;
      haa += curve * row.margin * row.margin;
      hab += curve * row.margin;
      hbb += curve;
    }
    const double determinant = haa * hbb - hab * hab;
    const double da = (hbb * ga - hab * gb) / determinant;
    const double db = (haa * gb - hab * ga) / determinant;
    if (!std::isfinite(da) || !std::isfinite(db)) break;
    fit.slope = std::clamp(fit.slope - da, kMinSlope, kMaxSlope);
    fit.intercept -= db;
    if (std::abs(da) + std::abs(db) < kConverged) break;
  }
  return fit;
}

std::vector<CalibrationRow> WithTargets(std::vector<CalibrationRow> rows) {
  double reached = 0;
  double missed = 0;
  for (const CalibrationRow& row : rows) (row.target > 0 ? reached : missed) += 1;
  for (CalibrationRow& row : rows)
    row.target = row.target > 0 ? (reached + 1) / (reached + 2) : 1 / (missed + 2);
  return rows;
}

// From trees of each fold's other needs, what they say of the fold's.
StatusOr<std::array<Calibration, kThresholds>> Calibrate(const Needs& needs, const RankingModel& order,
                                                         int64_t seed, const std::function<Status()>& check) {
  std::array<std::vector<CalibrationRow>, kThresholds> seen;
  for (const Fold& fold : FoldsOf(needs, kCalibrationFolds, seed)) {
    if (check) DUIJIE_RETURN_IF_ERROR(check());
    if (fold.held_out.empty() || fold.learned.empty()) continue;
    const Rows learned = RowsOf(fold.learned, order);
    const Rows held_out = RowsOf(fold.held_out, order);
    for (size_t k = 0; k < kThresholds; ++k) {
      const auto trees = TrainTrees(learned, k, seed);
      if (!trees.ok() && ReasonOf(trees.status()) == "TOO_FEW_JUDGEMENTS") continue;
      DUIJIE_RETURN_IF_ERROR(trees.status());
      DUIJIE_ASSIGN_OR_RETURN(const std::vector<float> odds, (*trees)->Predict(held_out.features));
      const std::vector<float> labels = Reached(held_out, k);
      for (size_t i = 0; i < odds.size(); ++i) {
        const double p = std::clamp(static_cast<double>(odds[i]), kFurthestOdds, 1 - kFurthestOdds);
        seen[k].push_back({std::log(p / (1 - p)), static_cast<double>(labels[i]),
                           static_cast<double>(held_out.weights[i])});
      }
    }
  }
  std::array<Calibration, kThresholds> fits;
  for (size_t k = 0; k < kThresholds; ++k) {
    if (!seen[k].empty()) fits[k] = FitCalibration(WithTargets(std::move(seen[k])));
  }
  return fits;
}

}  // namespace

std::vector<LevelEvidence> RankedEvidence(const TrainingNeed& need, const RankingModel& order) {
  std::vector<LevelEvidence> evidence;
  for (const size_t i : RankedOrder(need, order)) {
    evidence.push_back(ScoreRaw(need.pairs[i].raw, order).evidence);
    evidence.back().close = need.pairs[i].close;
  }
  return evidence;
}

StatusOr<internal::v1::LevelModel> TrainLevels(const Needs& needs, const RankingModel& order, int64_t seed,
                                               const std::function<Status()>& check) {
  const Rows rows = RowsOf(needs, order);
  internal::v1::LevelModel model;
  for (const std::string& column : UsedColumns()) model.add_columns(column);
  std::vector<std::shared_ptr<const Booster>> trees;
  for (size_t k = 0; k < kThresholds; ++k) {
    DUIJIE_ASSIGN_OR_RETURN(auto trained, TrainTrees(rows, k, seed));
    trees.push_back(std::move(trained));
  }
  DUIJIE_ASSIGN_OR_RETURN(const auto calibrations, Calibrate(needs, order, seed, check));
  for (size_t k = 0; k < kThresholds; ++k) {
    internal::v1::LevelBooster* const booster = model.add_boosters();
    DUIJIE_ASSIGN_OR_RETURN(const std::string bytes, trees[k]->Save());
    booster->set_trees(bytes);
    booster->set_slope(calibrations[k].slope);
    booster->set_intercept(calibrations[k].intercept);
  }
  return model;
}

StatusOr<std::vector<LevelErrors>> LevelErrorsOf(const Needs& needs, const RankingModel& order,
                                                 const LevelModel& levels) {
  std::vector<LevelErrors> errors;
  for (const TrainingNeed* need : needs) {
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<LevelOdds> odds, levels.Predict(RankedEvidence(*need, order)));
    const std::vector<v1::MatchLevel> given = BestLevels(odds);
    const std::vector<size_t> ranked = RankedOrder(*need, order);
    LevelErrors error;
    for (size_t i = 0; i < ranked.size(); ++i)
      error.sum += std::abs(static_cast<int>(given[i]) - need->pairs[ranked[i]].level);
    error.pairs = static_cast<double>(ranked.size());
    errors.push_back(error);
  }
  return errors;
}

}  // namespace duijie::matching
