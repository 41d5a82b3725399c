// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/training_measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "services/matching/learning/training_random.h"

namespace duijie::matching {
namespace {

constexpr size_t kDepth = 10;
constexpr double kLowPercentile = 0.025;
constexpr double kEqual = 1e-12;  // sums that differ by less are the same, whatever the order of adding

double DiscountedGain(const std::vector<int>& levels) {
  double sum = 0;
  for (size_t i = 0; i < std::min(levels.size(), kDepth); ++i)
    sum += (std::exp2(levels[i] - 1) - 1) / std::log2(static_cast<double>(i) + 2);
  return sum;
}

double Mean(const std::vector<double>& values) {
  return values.empty()
             ? 0
             : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

v1::Estimate EstimateOf(double value, std::vector<double> draws) {
  v1::Estimate estimate;
  estimate.set_value(value);
  std::sort(draws.begin(), draws.end());
  const auto cut = static_cast<size_t>(kLowPercentile * static_cast<double>(draws.size()));
  estimate.set_low(draws[cut]);
  estimate.set_high(draws[draws.size() - 1 - cut]);
  return estimate;
}

double ScoreOf(const LevelErrors& total) { return total.pairs > 0 ? 1 / (1 + total.sum / total.pairs) : 0; }

}  // namespace

double Ndcg10(const std::vector<int>& levels) {
  std::vector<int> ideal = levels;
  std::sort(ideal.rbegin(), ideal.rend());
  const double best = DiscountedGain(ideal);
  return best > 0 ? DiscountedGain(levels) / best : 0;
}

v1::Estimate MeanOverNeeds(const std::vector<double>& values, int64_t seed) {
  if (values.empty()) return {};
  TrainingRandom random(seed);
  std::vector<double> draws(kBootstrapDraws);
  for (double& draw : draws) {
    double sum = 0;
    for (size_t i = 0; i < values.size(); ++i) sum += values[random.Below(values.size())];
    draw = sum / static_cast<double>(values.size());
  }
  return EstimateOf(Mean(values), std::move(draws));
}

v1::Estimate LevelScore(const std::vector<LevelErrors>& needs, int64_t seed) {
  if (needs.empty()) return {};
  TrainingRandom random(seed);
  std::vector<double> draws(kBootstrapDraws);
  for (double& draw : draws) {
    LevelErrors total;
    for (size_t i = 0; i < needs.size(); ++i) {
      const LevelErrors& need = needs[random.Below(needs.size())];
      total.sum += need.sum;
      total.pairs += need.pairs;
    }
    draw = ScoreOf(total);
  }
  LevelErrors all;
  for (const LevelErrors& need : needs) {
    all.sum += need.sum;
    all.pairs += need.pairs;
  }
  return EstimateOf(ScoreOf(all), std::move(draws));
}

double RandomisationP(const std::vector<double>& gains, int64_t seed) {
  if (gains.empty()) return 1;
  const double observed = std::abs(std::accumulate(gains.begin(), gains.end(), 0.0));
  TrainingRandom random(seed);
  int as_great = 0;
  for (int i = 0; i < kRandomisations; ++i) {
    double sum = 0;
    for (const double gain : gains) sum += random.Coin() ? gain : -gain;
    if (std::abs(sum) >= observed - kEqual) ++as_great;
  }
  return (as_great + 1.0) / (kRandomisations + 1.0);
}

}  // namespace duijie::matching
