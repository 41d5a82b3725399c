// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/level.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace duijie::matching {
namespace {

// Columns behind the raw text features, which have the features' names.
enum ListColumn : size_t {
  kLikeness = kTextFeatureCount,
  kTitleLikeness,
  kTitleToRecord,
  kScore,
  kScoreShare,     // score / best score of the list
  kScoreStandard,  // (score − mean) / (spread + kSpreadFloor)
  kScorePlace,     // share of the list that scores lower, ties half
  kBestScore,
  kListMean,  // mean of all scores
  kAllColumns,
};
constexpr double kSpreadFloor = 0.01;  // so that a list of equals has no outliers
constexpr double kMarginLimit = 1e-7;  // probabilities of the trees are kept this far from 0 and 1

const std::vector<std::string>& ListColumnNames() {
  static const std::vector<std::string> kNames = {"likeness",    "title_likeness", "title_to_record",
                                                  "score",       "score_share",    "score_standard",
                                                  "score_place", "best_score",     "list_mean"};
  return kNames;
}

struct ListStatistics {
  double best = 0;
  double mean = 0;
  double spread = 0;
  std::vector<double> rising;
};

ListStatistics StatisticsOf(const std::vector<LevelEvidence>& list) {
  ListStatistics s;
  for (const LevelEvidence& pair : list) s.rising.push_back(pair.score);
  if (s.rising.empty()) return s;
  std::sort(s.rising.begin(), s.rising.end());
  const auto count = static_cast<double>(s.rising.size());
  s.best = s.rising.back();
  s.mean = std::accumulate(s.rising.begin(), s.rising.end(), 0.0) / count;
  double squares = 0;
  for (const double score : s.rising) squares += (score - s.mean) * (score - s.mean);
  s.spread = std::sqrt(squares / count);
  return s;
}

double PlaceOf(double score, const std::vector<double>& rising) {
  const auto below = std::lower_bound(rising.begin(), rising.end(), score) - rising.begin();
  const auto up_to = std::upper_bound(rising.begin(), rising.end(), score) - rising.begin();
  return static_cast<double>(below + up_to) / 2 / static_cast<double>(rising.size());
}

Status BadLevels(const std::string& file, const std::string& what) {
  return Error(StatusCode::kInvalidArgument, "BAD_MODEL", "ranking model " + file + ": levels: " + what,
               {{"file", file}});
}

StatusOr<std::vector<size_t>> ColumnsOf(const internal::v1::LevelModel& proto, const std::string& file) {
  const std::vector<std::string>& all = AllLevelColumns();
  std::vector<size_t> columns;
  for (const std::string& name : proto.columns()) {
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) return BadLevels(file, "unknown column " + name);
    const auto column = static_cast<size_t>(found - all.begin());
    if (std::find(columns.begin(), columns.end(), column) != columns.end())
      return BadLevels(file, "column " + name + " twice");
    columns.push_back(column);
  }
  if (columns.empty()) return BadLevels(file, "no columns");
  return columns;
}

// Expected |level − l| up to a constant, for l = 1 to kLevels.
std::array<double, kLevels> ExpectedErrors(const LevelOdds& odds) {
  std::array<double, kLevels> errors{};
  for (size_t level = 0; level < kLevels; ++level) {
    for (size_t k = 0; k < kThresholds; ++k) errors[level] += level > k ? 1 - odds[k] : odds[k];
  }
  return errors;
}

}  // namespace

const std::vector<std::string>& AllLevelColumns() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> all(kFeatureNames.begin(), kFeatureNames.begin() + kTextFeatureCount);
    all.insert(all.end(), ListColumnNames().begin(), ListColumnNames().end());
    return all;
  }();
  return kNames;
}

std::string_view LevelColumnText(size_t column) {
  static constexpr std::array<std::string_view, kAllColumns - kTextFeatureCount> kTexts = {
      "语义余弦，不论文本长短",       "本方名称与对方的语义余弦",
      "本方名称与对方全文的字词余弦", "文本得分",
      "文本得分与本列表最高分之比",   "文本得分在本列表中的标准分",
      "文本得分在本列表中的位次",     "本列表的最高文本得分",
      "本列表的平均文本得分"};
  return column < kTextFeatureCount ? std::string_view() : kTexts[column - kTextFeatureCount];
}

int MonotonyOf(size_t column) { return column <= kScorePlace ? 1 : 0; }

FeatureMatrix LevelTable(const std::vector<LevelEvidence>& list) {
  const ListStatistics s = StatisticsOf(list);
  FeatureMatrix table;
  table.columns = kAllColumns;
  table.values.reserve(list.size() * kAllColumns);
  for (const LevelEvidence& pair : list) {
    for (const double raw : pair.raw) table.values.push_back(static_cast<float>(raw));
    for (const double value :
         {pair.close.meanings, pair.close.title_meaning, pair.close.title_to_record, pair.score,
          s.best > 0 ? pair.score / s.best : 0, (pair.score - s.mean) / (s.spread + kSpreadFloor),
          PlaceOf(pair.score, s.rising), s.best, s.mean}) {
      table.values.push_back(static_cast<float>(value));
    }
  }
  return table;
}

FeatureMatrix PickColumns(const FeatureMatrix& table, const std::vector<size_t>& columns) {
  FeatureMatrix picked;
  picked.columns = columns.size();
  picked.values.reserve(table.rows() * columns.size());
  for (size_t row = 0; row < table.rows(); ++row) {
    for (const size_t column : columns) picked.values.push_back(table.values[row * table.columns + column]);
  }
  return picked;
}

StatusOr<std::shared_ptr<const LevelModel>> LevelModel::Parse(const internal::v1::LevelModel& proto,
                                                              const std::string& file) {
  auto model = std::make_shared<LevelModel>();
  DUIJIE_ASSIGN_OR_RETURN(model->columns_, ColumnsOf(proto, file));
  if (proto.boosters_size() != static_cast<int>(kThresholds))
    return BadLevels(file, "three boosters are needed");
  model->gains_.resize(model->columns_.size());
  for (size_t k = 0; k < kThresholds; ++k) {
    const internal::v1::LevelBooster& booster = proto.boosters(static_cast<int>(k));
    if (!(booster.slope() > 0 && std::isfinite(booster.slope()) && std::isfinite(booster.intercept())))
      return BadLevels(file, "slope must be positive, slope and intercept finite");
    const auto trees = Booster::Load(booster.trees());
    if (!trees.ok()) return BadLevels(file, "the trees do not load");
    if ((*trees)->columns() != model->columns_.size()) return BadLevels(file, "the trees know other columns");
    DUIJIE_ASSIGN_OR_RETURN(const std::vector<double> gains, (*trees)->Gains());
    for (size_t i = 0; i < gains.size(); ++i) model->gains_[i] += gains[i];
    model->thresholds_[k] = {*trees, booster.slope(), booster.intercept()};
  }
  const double total = std::accumulate(model->gains_.begin(), model->gains_.end(), 0.0);
  for (double& gain : model->gains_) gain = total > 0 ? gain / total : 0;
  return std::shared_ptr<const LevelModel>(std::move(model));
}

StatusOr<std::vector<LevelOdds>> LevelModel::Predict(const std::vector<LevelEvidence>& list) const {
  std::vector<LevelOdds> odds(list.size());
  if (list.empty()) return odds;
  const FeatureMatrix rows = PickColumns(LevelTable(list), columns_);
  for (size_t k = 0; k < kThresholds; ++k) {
    const StatusOr<std::vector<float>> raw = thresholds_[k].trees->Predict(rows);
    if (!raw.ok() || raw->size() != list.size())
      return Error(StatusCode::kInternal, "INTERNAL", "the trees of a level do not answer");
    for (size_t i = 0; i < list.size(); ++i)
      odds[i][k] = Calibrated(static_cast<double>((*raw)[i]), thresholds_[k].slope, thresholds_[k].intercept);
  }
  for (LevelOdds& pair : odds) pair = Ordered(pair);
  return odds;
}

double Calibrated(double probability, double slope, double intercept) {
  const double p = std::clamp(probability, kMarginLimit, 1 - kMarginLimit);
  return 1 / (1 + std::exp(-(slope * std::log(p / (1 - p)) + intercept)));
}

LevelOdds Ordered(LevelOdds odds) {
  for (size_t k = 1; k < kThresholds; ++k) odds[k] = std::min(odds[k], odds[k - 1]);
  return odds;
}

std::vector<v1::MatchLevel> BestLevels(const std::vector<LevelOdds>& ranked) {
  // least[l]: the least error of the pairs so far if the last one has level l + 1; from[i][l]: the level
  // before.
  std::array<double, kLevels> least{};
  std::vector<std::array<size_t, kLevels>> from(ranked.size());
  for (size_t i = 0; i < ranked.size(); ++i) {
    const std::array<double, kLevels> errors = ExpectedErrors(ranked[i]);
    std::array<double, kLevels> next{};
    size_t best = kLevels - 1;
    for (size_t level = kLevels; level-- > 0;) {  // the one before has this level or a higher one
      if (least[level] <= least[best]) best = level;
      next[level] = least[best] + errors[level];
      from[i][level] = best;
    }
    least = next;
  }
  std::vector<v1::MatchLevel> levels(ranked.size());
  auto level = static_cast<size_t>(std::min_element(least.begin(), least.end()) - least.begin());
  for (size_t i = ranked.size(); i-- > 0; level = from[i][level])
    levels[i] = static_cast<v1::MatchLevel>(v1::MATCH_LEVEL_NONE + static_cast<int>(level));
  return levels;
}

}  // namespace duijie::matching
