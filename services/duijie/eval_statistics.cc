// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/eval_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace duijie {
namespace {

constexpr double kOutside = 0.025;      // share of the draws beyond each end of an interval
constexpr double kTolerance = 1e-12;    // sums in another order differ by less
constexpr size_t kMostExactNeeds = 30;  // so that the number of swaps fits an int

// Whole numbers in [0, bound), each equally likely.
class IndexSource {
 public:
  explicit IndexSource(uint64_t seed) : generator_(seed) {}

  size_t Below(size_t bound) {
    constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
    const uint64_t limit =
        kMax - kMax % bound;  // a multiple of bound; what lies beyond would favour small numbers
    uint64_t number = generator_();
    while (number >= limit) number = generator_();
    return static_cast<size_t>(number % bound);
  }
  bool Coin() { return (generator_() >> 63U) != 0; }

 private:
  std::mt19937_64 generator_;
};

double Finish(const NeedPart& total, MeasureKind kind) {
  const double mean = total.weight == 0 ? 0 : total.sum / total.weight;
  return kind == MeasureKind::kLevelScore ? 1 / (1 + mean) : mean;
}

void Add(const NeedPart& part, NeedPart* total) {
  total->sum += part.sum;
  total->weight += part.weight;
}

double Quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(at);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

// Calls statistic(indices of a draw) for each draw.
template <typename Statistic>
Interval Bootstrap(size_t needs, const Sampling& sampling, const Statistic& statistic) {
  if (needs == 0) return {};
  IndexSource source(sampling.seed);
  std::vector<size_t> drawn(needs);
  std::vector<double> values(static_cast<size_t>(sampling.draws));
  for (double& value : values) {
    for (size_t& index : drawn) index = source.Below(needs);
    value = statistic(drawn);
  }
  std::sort(values.begin(), values.end());
  return {Quantile(values, kOutside), Quantile(values, 1 - kOutside)};
}

double DrawnValue(const std::vector<NeedPart>& parts, MeasureKind kind, const std::vector<size_t>& drawn) {
  NeedPart total{0, 0};
  for (const size_t index : drawn) Add(parts[index], &total);
  return Finish(total, kind);
}

// The randomisation test of two runs. Needs on which both are equal do not change a difference by swapping.
class SwapTest {
 public:
  SwapTest(const MeasureParts& a, const MeasureParts& b) : kind_(a.kind) {
    for (size_t i = 0; i < a.parts.size(); ++i) {
      if (a.parts[i] == b.parts[i]) {
        Add(a.parts[i], &same_a_);
        Add(b.parts[i], &same_b_);
      } else {
        a_.push_back(a.parts[i]);
        b_.push_back(b.parts[i]);
      }
    }
    observed_ = std::fabs(DifferenceOf([](size_t) { return false; }));
  }

  void Run(const Sampling& sampling, Difference* difference) const {
    difference->exact =
        a_.size() <= kMostExactNeeds && (int64_t{1} << a_.size()) <= int64_t{sampling.permutations};
    difference->p = difference->exact ? Exact() : Drawn(sampling);
  }

 private:
  template <typename Swapped>
  double DifferenceOf(const Swapped& swapped) const {
    NeedPart total_a = same_a_;
    NeedPart total_b = same_b_;
    for (size_t i = 0; i < a_.size(); ++i) {
      const bool swap = swapped(i);
      Add(swap ? b_[i] : a_[i], &total_a);
      Add(swap ? a_[i] : b_[i], &total_b);
    }
    return Finish(total_b, kind_) - Finish(total_a, kind_);
  }

  bool AsLarge(double difference) const { return std::fabs(difference) >= observed_ - kTolerance; }

  double Exact() const {
    const uint64_t all = uint64_t{1} << a_.size();
    uint64_t large = 0;
    for (uint64_t swaps = 0; swaps < all; ++swaps) {
      if (AsLarge(DifferenceOf([&](size_t i) { return (swaps >> i & 1U) != 0; }))) ++large;
    }
    return static_cast<double>(large) / static_cast<double>(all);
  }

  double Drawn(const Sampling& sampling) const {
    IndexSource source(sampling.seed);
    int large = 0;
    for (int i = 0; i < sampling.permutations; ++i) {
      if (AsLarge(DifferenceOf([&](size_t) { return source.Coin(); }))) ++large;
    }
    return (large + 1.0) / (sampling.permutations + 1.0);
  }

  const MeasureKind kind_;
  std::vector<NeedPart> a_, b_;  // of the needs on which the runs differ
  NeedPart same_a_{0, 0}, same_b_{0, 0};
  double observed_ = 0;
};

void CountNeeds(const MeasureParts& a, const MeasureParts& b, Difference* difference) {
  const auto value = [&](const NeedPart& part) { return Finish(part, a.kind); };
  for (size_t i = 0; i < a.parts.size(); ++i) {
    if (a.parts[i].weight == 0 || b.parts[i].weight == 0) continue;
    const double change = value(b.parts[i]) - value(a.parts[i]);
    if (change > kTolerance) ++difference->better;
    if (change < -kTolerance) ++difference->worse;
  }
}

}  // namespace

std::vector<MeasureParts> PartsOf(const Measures& measures) {
  std::vector<MeasureParts> all = {{"ndcg10", MeasureKind::kMean, {}},
                                   {"p5", MeasureKind::kMean, {}},
                                   {"mrr", MeasureKind::kMean, {}},
                                   {"best_first", MeasureKind::kMean, {}},
                                   {"recall", MeasureKind::kMean, {}}};
  for (const NeedMeasures& need : measures.needs) {
    const double values[] = {need.ndcg10, need.precision5, need.reciprocal_rank, need.best_first ? 1.0 : 0.0,
                             need.recall};
    for (size_t i = 0; i < all.size(); ++i) all[i].parts.push_back({values[i], 1});
  }
  if (!measures.level_score) return all;
  MeasureParts level{"level_score", MeasureKind::kLevelScore, {}};
  for (const LevelErrors& need : measures.level_errors) {
    level.parts.push_back({static_cast<double>(need.sum), static_cast<double>(need.pairs)});
  }
  all.push_back(std::move(level));
  return all;
}

double ValueOf(const std::vector<NeedPart>& parts, MeasureKind kind) {
  NeedPart total{0, 0};
  for (const NeedPart& part : parts) Add(part, &total);
  return Finish(total, kind);
}

Interval IntervalOf(const MeasureParts& measure, const Sampling& sampling) {
  std::vector<NeedPart> parts;  // needs without weight say nothing about the measure
  for (const NeedPart& part : measure.parts) {
    if (part.weight > 0) parts.push_back(part);
  }
  return Bootstrap(parts.size(), sampling,
                   [&](const std::vector<size_t>& drawn) { return DrawnValue(parts, measure.kind, drawn); });
}

Difference Compare(const MeasureParts& a, const MeasureParts& b, const Sampling& sampling) {
  Difference difference;
  difference.a = ValueOf(a.parts, a.kind);
  difference.b = ValueOf(b.parts, b.kind);
  difference.mean = difference.b - difference.a;
  difference.interval = Bootstrap(a.parts.size(), sampling, [&](const std::vector<size_t>& drawn) {
    return DrawnValue(b.parts, b.kind, drawn) - DrawnValue(a.parts, a.kind, drawn);
  });
  SwapTest(a, b).Run(sampling, &difference);
  CountNeeds(a, b, &difference);
  return difference;
}

}  // namespace duijie
