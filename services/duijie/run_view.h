// SPDX-License-Identifier: GPL-3.0-or-later
// Match runs as a person reads them. Pure.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/match.pb.h"
#include "duijie/v1/match_service.pb.h"
#include "services/duijie/progress_bar.h"
#include "services/duijie/record_view.h"

namespace duijie {

bool HasEnded(v1::MatchRunState state);
ProgressState RunProgress(const v1::MatchRun& run);
std::vector<FieldLine> DescribeRun(const v1::MatchRun& run);
std::vector<Column> RunColumns();
std::vector<StyledText> RunRow(const v1::MatchRun& run);

// By the file's ending: .xlsx, .csv, .trec (or .run). USAGE error for another.
StatusOr<v1::MatchRunFormat> RunFormatOf(const std::string& file);

}  // namespace duijie
