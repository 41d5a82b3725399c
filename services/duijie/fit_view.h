// SPDX-License-Identifier: GPL-3.0-or-later
// 指标满足度对照表 and next steps as a person reads them. Pure.
#pragma once

#include <string>
#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/duijie/table_printer.h"

namespace duijie {

// "✓", "◐", "✗", "？".
StyledText VerdictMark(v1::Verdict verdict);

// "✓2 ◐1 ✗1 ？3", without what does not occur; "" without rows.
std::string FitCounts(const v1::FitTable& fit);

// A row for each demand: verdict, indicator, demand, what is stated, conversion, margin.
Table FitRows(const v1::FitTable& fit);

// Below such a table: for each row why, and the sentences of both sides; a sentence of the need that several
// rows in turn come from stands once.
std::vector<StyledText> FitQuotes(const v1::FitTable& fit);

// "→ 向成果方核实  …", one line each.
std::vector<StyledText> NextActionLines(const v1::MatchExplanation& explanation);

}  // namespace duijie
