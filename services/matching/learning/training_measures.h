// SPDX-License-Identifier: GPL-3.0-or-later
// How good an order and its levels are on judged pairs, and how sure that is. Pure; the same numbers give the
// same estimates on any machine.
#pragma once

#include <cstdint>
#include <vector>

#include "duijie/v1/model_service.pb.h"

namespace duijie::matching {

inline constexpr int kBootstrapDraws = 2'000;
inline constexpr int kRandomisations = 10'000;

// nDCG@10 of the levels of a list in its order: gain 2^(level−1) − 1, discount log2(rank + 1), ideal: the
// same levels in their best order (Järvelin & Kekäläinen, 2002, with the gains of Burges et al., 2005). 0
// without a level above 1.
double Ndcg10(const std::vector<int>& levels);

// The mean of one number a need, with its 95 % bootstrap interval over needs (percentiles of
// kBootstrapDraws). All 0 without numbers.
v1::Estimate MeanOverNeeds(const std::vector<double>& values, int64_t seed);

// 1 / (1 + mean absolute error of the level), with its bootstrap interval over needs.
struct LevelErrors {
  double sum = 0;    // of absolute errors of one need's pairs
  double pairs = 0;  // of the need
};
v1::Estimate LevelScore(const std::vector<LevelErrors>& needs, int64_t seed);

// Two-sided p of a mean gain of `gains` under random signs (Smucker, Allan & Carterette, A comparison of
// statistical significance tests, CIKM 2007); 1 without gains.
double RandomisationP(const std::vector<double>& gains, int64_t seed);

}  // namespace duijie::matching
