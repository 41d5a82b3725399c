// SPDX-License-Identifier: GPL-3.0-or-later
// Match results as a person reads them. Pure.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <string>
#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/duijie/table_printer.h"

namespace duijie {

using MatchResults = google::protobuf::RepeatedPtrField<v1::MatchResult>;

// 名次, 得分, the counterpart's title and name, a mark for results that violate a condition, and, where one
// of the results has them, how many indicators are met (✓), partly met (◐), missed (✗) and not stated (？).
Table MatchTable(const MatchResults& results, v1::MatchDirection direction);

// "✓ 满足", "◐ 部分满足", "✗ 不满足", "？ 未说明".
StyledText VerdictText(v1::Verdict verdict);

// The reasons of one result, line by line: summary, matched terms with their shares, features, conditions.
std::vector<StyledText> ExplanationLines(const v1::MatchResult& result);

// "0.7312": four decimals.
std::string ScoreText(double score);

}  // namespace duijie
