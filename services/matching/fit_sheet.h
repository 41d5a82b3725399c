// SPDX-License-Identifier: GPL-3.0-or-later
// The sheet 指标满足度对照表 of an exported run, and its column 下一步. Texts come from records: they are
// written as text cells only. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/tabular/xlsx_writer.h"
#include "duijie/v1/match.pb.h"

namespace duijie::matching {

inline constexpr size_t kMaxFitSheetRows =
    500'000;  // of one workbook; later ones are left out, and it says so

const std::vector<XlsxColumn>& FitSheetColumns();

// A row for each demand, empty if there is none. `from_need`: needs are the records, achievements the
// counterparts.
std::vector<std::vector<TableCell>> FitSheetRows(const v1::MatchResult& result, bool from_need);

// "向成果方核实：…", a line each.
std::string NextActionsText(const v1::MatchExplanation& explanation);

}  // namespace duijie::matching
