// SPDX-License-Identifier: GPL-3.0-or-later
// How sure a measure is, and how sure a difference between two runs is. Pure; the same input and seed give
// the same output on every machine.
//
//   interval     95 %, percentile bootstrap over needs: needs are drawn with replacement as many times as
//   there are
//                needs, the measure is computed anew, and the interval runs from the 2.5th to the 97.5th
//                percentile of the draws, interpolated between neighbours (Efron and Tibshirani, An
//                Introduction to the Bootstrap, 1993, chapter 13; quantile definition 7 of Hyndman and Fan,
//                American Statistician 50(4), 1996)
//   p of a       paired randomisation test, two-sided: if the runs are exchangeable, swapping them on any
//   need gives as difference   likely a result; p is the share of swaps whose difference is at least as large
//   as the observed one
//                (Fisher 1935; Smucker, Allan and Carterette, A comparison of statistical significance tests
//                for information retrieval evaluation, CIKM 2007). All swaps are tried where they are no more
//                than `permutations`; else that many are drawn and the observed one is counted with them, so
//                that p is never 0 (Phipson and Smyth, SAGMB 9(1), 2010)
//
// Needs are the unit of both: pairs of one need depend on each other. Draws come from std::mt19937_64, whose
// numbers the standard fixes, by our own rejection sampling: std::uniform_int_distribution differs between
// libraries.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/duijie/eval_metrics.h"

namespace duijie {

// What one need gives to a measure. The measure of a run is the sum of `sum` over the sum of `weight`, and
// for a level score 1 / (1 + that). Nothing over nothing is 0.
struct NeedPart {
  double sum = 0;
  double weight = 1;
  friend bool operator==(const NeedPart&, const NeedPart&) = default;
};

enum class MeasureKind { kMean, kLevelScore };

struct MeasureParts {
  std::string key;  // as in JSON: ndcg10, p5, mrr, best_first, recall, level_score
  MeasureKind kind = MeasureKind::kMean;
  std::vector<NeedPart> parts;
};

// The measures of a run in the order of `key` above; the level score only if the run has one. Two runs
// against the same judgements have parts of the same needs in the same order.
std::vector<MeasureParts> PartsOf(const Measures& measures);

double ValueOf(const std::vector<NeedPart>& parts, MeasureKind kind);

struct Sampling {
  uint64_t seed = 20260118;
  int draws = 2'000;          // of the bootstrap; at least 1
  int permutations = 10'000;  // of the randomisation test; at least 1
};

struct Interval {
  double low = 0;
  double high = 0;
};

Interval IntervalOf(const MeasureParts& measure, const Sampling& sampling);

struct Difference {
  double a = 0;
  double b = 0;
  double mean = 0;  // b - a
  Interval interval;
  double p = 1;
  bool exact = false;  // all swaps were tried
  int better = 0;      // needs on which b is better, by more than rounding
  int worse = 0;
};

// The two must be of the same needs.
Difference Compare(const MeasureParts& a, const MeasureParts& b, const Sampling& sampling);

}  // namespace duijie
