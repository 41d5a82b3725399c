// SPDX-License-Identifier: GPL-3.0-or-later
// How good a ranking is against graded human judgements. Pure.
//
// Levels are 1 (unrelated) to 4 (strongly related); "relevant" is level 3 or 4. Counted are the needs with at
// least min_judged judged achievements, one of them relevant; a counted need that the run does not list
// scores zero. A ranking is by falling score, ties by achievement id.
//
// All measures but recall are taken on the condensed list, that is after achievements nobody judged are left
// out (Sakai, Alternatives to Bpref, SIGIR 2007), so that a run over the whole collection can be compared
// with one over the judged pools:
//   nDCG@10     gain 2^(level-1) - 1, discount log2(rank + 1); ideal: all judged achievements of the need
//               (Järvelin and Kekäläinen 2002, with exponential gains as in Burges et al. 2005)
//   P@5         relevant among the first five, divided by five
//   MRR         1 / rank of the first relevant one
//   best first  how often the first has the highest level that the need has
// recall@depth is taken on the list as it stands: relevant achievements among the first `depth`, divided by
// all of the need's.
//
// Where all scores of the run lie within 1 to 4 they are predicted levels, and each is rounded to a whole one
// by floor(score + 0.5). Level score: 1 / (1 + mean absolute error) over the judged pairs that the run lists,
// of all needs, counted or not.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace duijie {

inline constexpr int kRelevantLevel = 3;
inline constexpr int kMinLevel = 1;
inline constexpr int kMaxLevel = 4;

using Judgements = std::map<std::string, std::map<std::string, int>>;    // need → achievement → level
using ScoredRun = std::map<std::string, std::map<std::string, double>>;  // need → achievement → score

struct NeedMeasures {
  std::string need;
  double ndcg10 = 0;
  double precision5 = 0;
  double reciprocal_rank = 0;
  bool best_first = false;
  double recall = 0;
};

// How far predicted levels of one need are from the judged ones, over the judged pairs that the run lists.
struct LevelErrors {
  std::string need;
  int64_t sum = 0;  // of absolute differences
  int64_t pairs = 0;
};

struct Measures {
  std::vector<NeedMeasures> needs;  // the counted ones, by id
  double ndcg10 = 0;                // means over the counted needs; 0 if there is none
  double precision5 = 0;
  double mrr = 0;
  double best_first = 0;
  double recall = 0;
  int64_t judged_listed = 0;  // judged pairs that the run lists
  int64_t judged_total = 0;
  std::optional<double> level_score;      // absent if scores are not levels, or no judged pair is listed
  std::vector<LevelErrors> level_errors;  // of all judged needs, by id; empty if there is no level score
};

struct MeasureOptions {
  int min_judged = 10;
  int depth = 100;  // of recall
};

Measures Measure(const Judgements& judgements, const ScoredRun& run, const MeasureOptions& options);

}  // namespace duijie
