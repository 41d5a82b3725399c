// SPDX-License-Identifier: GPL-3.0-or-later
// 指标满足度对照表: the demands of a need against what an achievement states, with quotes. Verdicts are those
// of common/indicator: silence is never a yes. Reads only the texts that SourceOf reads. Pure and
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/indicator/compare.h"
#include "duijie/v1/match.pb.h"
#include "services/matching/demands.h"

namespace duijie::matching {

inline constexpr size_t kMaxStatedFigures = 300;  // of one achievement; later ones are left out

// What an achievement states: its texts and its structured indicators as one text, a line each, with the
// figures in them. Figures of the problem that is solved (废品率高达10%的问题) are not evidence.
class StatedFigures {
 public:
  // `names` must outlive this.
  StatedFigures(const SourceRecord& achievement, const indicator::NameTable& names);
  StatedFigures(const StatedFigures&) = delete;
  StatedFigures& operator=(const StatedFigures&) = delete;

  const indicator::Stated& stated() const { return stated_; }
  // The sentence of a judgement; of a structured indicator its whole line.
  std::string Quote(const indicator::Judgement& judgement) const;
  size_t bytes() const;  // of memory, about

 private:
  using Indicators = std::vector<indicator::Indicator>;
  void AddText(const std::string& text, FigureTextKind kind, Indicators* figures);
  void AddStructured(const v1::Indicator& structured, Indicators* figures);

  std::string text_;
  indicator::Stated stated_;  // views text_
  size_t structured_begin_ = 0;
};

// Rows in the order of `demands`. No demands: an empty table without a summary.
v1::FitTable MakeFitTable(const std::vector<Demand>& demands, const StatedFigures& stated,
                          const indicator::NameTable& names);

// The features of a table; both 0 where there are no rows.
double IndicatorsMet(const v1::FitTable& table);     // (satisfied + ½ partly) / rows
double IndicatorsMissed(const v1::FitTable& table);  // violated / rows

}  // namespace duijie::matching
