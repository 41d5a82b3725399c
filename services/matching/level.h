// SPDX-License-Identifier: GPL-3.0-or-later
// The level that an expert would give a pair, and the probability of it: three sets of boosted trees, one
// each for level 2, 3 and 4 or better, over columns made from a pair's text features and from the list it
// stands in. Immutable and pure; thread-safe. docs/model.md says how the trees are trained.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/boosting/booster.h"
#include "common/status/status.h"
#include "duijie/internal/v1/ranking_model.pb.h"
#include "duijie/v1/match.pb.h"
#include "services/matching/features.h"

namespace duijie::matching {

inline constexpr size_t kThresholds = 3;         // level 2, 3 and 4 or better
inline constexpr size_t kRelevantThreshold = 1;  // level 3 or better
inline constexpr size_t kLevels = 4;

// P(level ≥ 2), P(≥ 3), P(≥ 4) of one pair; never rising.
using LevelOdds = std::array<double, kThresholds>;

// How close the two texts are in ways that the score does not use.
struct Closeness {
  double meanings = 0;         // cosine of the meanings, however short the texts
  double title_meaning = 0;    // the same of the source's title and the counterpart
  double title_to_record = 0;  // cosine of the grams of the source's title and of the whole counterpart
};

// What is known of one pair of a list.
struct LevelEvidence {
  std::array<double, kTextFeatureCount> raw{};  // text features before their curve
  Closeness close;
  double score = 0;  // RankingModel::LevelScore
};

// All columns that a model may name, in the order of LevelTable's columns.
const std::vector<std::string>& AllLevelColumns();

// What the column measures, for a person, in Chinese; empty for a text feature, whose text is in the model.
std::string_view LevelColumnText(size_t column);

// All columns of every pair of one source's list, row after row. The order of pairs does not matter: a column
// that speaks of the list is the same function of its scores in any order.
FeatureMatrix LevelTable(const std::vector<LevelEvidence>& list);

// The given columns of a table of all.
FeatureMatrix PickColumns(const FeatureMatrix& table, const std::vector<size_t>& columns);

// Whether more of the column may only raise (1), or may raise or lower (0) the odds.
int MonotonyOf(size_t column);

class LevelModel {
 public:
  // INVALID_ARGUMENT (BAD_MODEL) naming `file`: an unknown or repeated column, not three boosters, trees that
  // do not load or know another number of columns, a slope that is not positive.
  static StatusOr<std::shared_ptr<const LevelModel>> Parse(const internal::v1::LevelModel& proto,
                                                           const std::string& file);

  // Odds of every pair, in the order of the list. INTERNAL if the trees cannot be evaluated.
  StatusOr<std::vector<LevelOdds>> Predict(const std::vector<LevelEvidence>& list) const;

  const std::vector<size_t>& columns() const { return columns_; }
  // Share of the trees' total gain by column, in the order of columns(); they add up to 1, or are all 0.
  const std::vector<double>& gains() const { return gains_; }

 private:
  struct Threshold {
    std::shared_ptr<const Booster> trees;
    double slope = 1;
    double intercept = 0;
  };
  std::vector<size_t> columns_;
  std::array<Threshold, kThresholds> thresholds_;
  std::vector<double> gains_;
};

// Odds from a margin and its calibration.
double Calibrated(double probability, double slope, double intercept);
// Odds that do not rise: each is cut to the one before.
LevelOdds Ordered(LevelOdds odds);

// The levels of a ranked list, best first, that never rise and have the least expected error Σ E|L − l|,
// where L is what an expert would say: Σ over thresholds k of 1 − P(L ≥ k) where l ≥ k, else P(L ≥ k). Found
// by dynamic programming in O(4 n); of equal lists the one with lower levels.
std::vector<v1::MatchLevel> BestLevels(const std::vector<LevelOdds>& ranked);

}  // namespace duijie::matching
