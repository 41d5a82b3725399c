// SPDX-License-Identifier: GPL-3.0-or-later
// Measures and differences between runs, for people and as JSON; and the options that all of eval share.
#pragma once

#include <string>
#include <vector>

#include "services/duijie/eval_metrics.h"
#include "services/duijie/eval_statistics.h"
#include "services/duijie/session.h"

namespace duijie {

struct MeasureView {
  int depth = 100;  // of recall
  bool per_need = false;
  Sampling sampling;
};

// Every measure with its interval. JSON is one object without line end; field names are promised by
// docs/evaluation.md. Pure.
std::string MeasuresText(const Measures& measures, const MeasureView& view);
std::string MeasuresJson(const Measures& measures, const MeasureView& view);

// Both runs measured against the same judgements. `b` against `a`. Pure.
std::string ComparisonText(const Measures& a, const Measures& b, const MeasureView& view);
std::string ComparisonJson(const Measures& a, const Measures& b, const MeasureView& view);

void PrintMeasures(Session& session, const Measures& measures, const MeasureView& view);
void PrintComparison(Session& session, const Measures& a, const Measures& b, const MeasureView& view);

// --min-judged and --seed. The targets must outlive the command line.
void AddMeasureOptions(Command command, int* min_judged, Sampling* sampling);

}  // namespace duijie
