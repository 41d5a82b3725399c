// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_metrics.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace duijie {
namespace {

constexpr size_t kNdcgDepth = 10;
constexpr size_t kPrecisionDepth = 5;

std::vector<std::string> Ranked(const std::map<std::string, double>& scores) {
  std::vector<std::pair<double, std::string>> pairs;
  pairs.reserve(scores.size());
  for (const auto& [achievement, score] : scores) pairs.emplace_back(-score, achievement);
  std::sort(pairs.begin(), pairs.end());
  std::vector<std::string> ranked;
  ranked.reserve(pairs.size());
  for (auto& [score, achievement] : pairs) ranked.push_back(std::move(achievement));
  return ranked;
}

double Gain(int level) { return std::exp2(level - 1) - 1; }

double DiscountedGain(const std::vector<int>& levels) {
  double sum = 0;
  for (size_t i = 0; i < std::min(levels.size(), kNdcgDepth); ++i) {
    sum += Gain(levels[i]) / std::log2(static_cast<double>(i) + 2);
  }
  return sum;
}

bool IsRelevant(int level) { return level >= kRelevantLevel; }

double RecallAt(const std::vector<std::string>& ranked, const std::map<std::string, int>& judged, int depth) {
  int64_t found = 0;
  for (size_t i = 0; i < std::min(ranked.size(), static_cast<size_t>(depth)); ++i) {
    const auto judgement = judged.find(ranked[i]);
    if (judgement != judged.end() && IsRelevant(judgement->second)) ++found;
  }
  const auto all =
      std::count_if(judged.begin(), judged.end(), [](const auto& j) { return IsRelevant(j.second); });
  return static_cast<double>(found) / static_cast<double>(all);
}

// Requires a relevant achievement among the judged.
NeedMeasures MeasureNeed(const std::map<std::string, int>& judged,
                         const std::map<std::string, double>& scores, int depth) {
  const std::vector<std::string> ranked = Ranked(scores);
  std::vector<int> levels;  // the condensed list
  for (const std::string& achievement : ranked) {
    if (const auto found = judged.find(achievement); found != judged.end()) levels.push_back(found->second);
  }
  std::vector<int> ideal;
  ideal.reserve(judged.size());
  for (const auto& [achievement, level] : judged) ideal.push_back(level);
  std::sort(ideal.rbegin(), ideal.rend());

  NeedMeasures measures;
  measures.ndcg10 = DiscountedGain(levels) / DiscountedGain(ideal);
  const auto first_five =
      levels.begin() + static_cast<std::ptrdiff_t>(std::min(levels.size(), kPrecisionDepth));
  measures.precision5 =
      static_cast<double>(std::count_if(levels.begin(), first_five, IsRelevant)) / kPrecisionDepth;
  const auto first = std::find_if(levels.begin(), levels.end(), IsRelevant);
  if (first != levels.end()) measures.reciprocal_rank = 1.0 / static_cast<double>(first - levels.begin() + 1);
  measures.best_first = !levels.empty() && levels.front() == ideal.front();
  measures.recall = RecallAt(ranked, judged, depth);
  return measures;
}

bool ScoresAreLevels(const ScoredRun& run) {
  return std::all_of(run.begin(), run.end(), [](const auto& need) {
    return std::all_of(need.second.begin(), need.second.end(),
                       [](const auto& pair) { return pair.second >= kMinLevel && pair.second <= kMaxLevel; });
  });
}

LevelErrors ErrorsOf(const std::string& need, const std::map<std::string, int>& judged,
                     const std::map<std::string, double>& scores) {
  LevelErrors errors{.need = need};
  for (const auto& [achievement, level] : judged) {
    const auto listed = scores.find(achievement);
    if (listed == scores.end()) continue;
    errors.sum += std::abs(static_cast<int>(std::floor(listed->second + 0.5)) - level);
    ++errors.pairs;
  }
  return errors;
}

void AddLevelScore(const Judgements& judgements, const ScoredRun& run, Measures* measures) {
  if (measures->judged_listed == 0 || !ScoresAreLevels(run)) return;
  static const std::map<std::string, double> kNothing;
  int64_t sum = 0;
  for (const auto& [need, judged] : judgements) {
    const auto listed = run.find(need);
    measures->level_errors.push_back(ErrorsOf(need, judged, listed == run.end() ? kNothing : listed->second));
    sum += measures->level_errors.back().sum;
  }
  measures->level_score = 1 / (1 + static_cast<double>(sum) / static_cast<double>(measures->judged_listed));
}

}  // namespace

Measures Measure(const Judgements& judgements, const ScoredRun& run, const MeasureOptions& options) {
  Measures sums;
  static const std::map<std::string, double> kNothing;
  for (const auto& [need, judged] : judgements) {
    const auto listed = run.find(need);
    const auto& scores = listed == run.end() ? kNothing : listed->second;
    sums.judged_total += static_cast<int64_t>(judged.size());
    sums.judged_listed +=
        std::count_if(judged.begin(), judged.end(), [&](const auto& j) { return scores.count(j.first) > 0; });
    const bool relevant =
        std::any_of(judged.begin(), judged.end(), [](const auto& j) { return IsRelevant(j.second); });
    if (static_cast<int>(judged.size()) < options.min_judged || !relevant) continue;
    NeedMeasures measures = MeasureNeed(judged, scores, options.depth);
    measures.need = need;
    sums.ndcg10 += measures.ndcg10;
    sums.precision5 += measures.precision5;
    sums.mrr += measures.reciprocal_rank;
    sums.best_first += measures.best_first ? 1 : 0;
    sums.recall += measures.recall;
    sums.needs.push_back(std::move(measures));
  }
  const double count = std::max<double>(1, static_cast<double>(sums.needs.size()));
  for (double* sum : {&sums.ndcg10, &sums.precision5, &sums.mrr, &sums.best_first, &sums.recall})
    *sum /= count;
  AddLevelScore(judgements, run, &sums);
  return sums;
}

}  // namespace duijie
