// SPDX-License-Identifier: GPL-3.0-or-later
// The figures that the candidates of a need state, gathered by quantity: 拉伸强度 in one and 抗拉强度 in
// another are one, N/cm and kN/m are brought to one unit. Pure and deterministic.
#pragma once

#include <string>
#include <vector>

#include "common/indicator/align.h"
#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/need.pb.h"

namespace duijie::mining {

inline constexpr size_t kMostFigures = 50;       // read from the text of one achievement
inline constexpr size_t kMostTextBytes = 6'000;  // of one achievement that figures and words are read from

// In order of rank; the first has rank 1.
using ClinicCandidates = std::vector<v1::Achievement>;

// w(rank) = 1 / log2(rank + 1), from rank 1: the discount of DCG (Järvelin and Kekäläinen, Cumulated
// gain-based evaluation of IR techniques, TOIS 20(4), 2002).
double RankWeight(size_t rank);

// What figures and words are read from.
std::string_view TextOf(const v1::Achievement& achievement);

struct CandidateFigure {
  double weight = 0;  // of its candidate
  double value = 0;   // in the quantity's unit
  v1::Comparator comparator = v1::COMPARATOR_UNSPECIFIED;
};

struct Quantity {
  std::string name;  // as the candidate of the best rank has it; so is the unit
  std::string unit;
  std::vector<CandidateFigure> figures;  // one of each candidate that states it, by rank
};

// Without those that the need asks for already, in its targets or its texts, in order of first mention. Of a
// candidate counts the table of indicators first, then its summary.
std::vector<Quantity> QuantitiesOf(const indicator::NameTable& names, const v1::Need& need,
                                   const ClinicCandidates& candidates);

// Whether a need would rather ask for at most: what most of the candidates claim, or else what the name says.
bool AsksForLess(const Quantity& quantity);

// Values at which the figures part: their quartiles. `figures` must not be empty.
std::vector<double> CutsOf(std::vector<CandidateFigure> figures);

// `cuts` must not be empty.
double Nearest(const std::vector<double>& cuts, double value);

}  // namespace duijie::mining
