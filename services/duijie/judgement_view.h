// SPDX-License-Identifier: GPL-3.0-or-later
// Judgements, scorecards and compared runs as a person reads them. Pure.
#pragma once

#include <vector>

#include "duijie/v1/judgement_service.pb.h"
#include "duijie/v1/match_service.pb.h"
#include "services/duijie/record_view.h"

namespace duijie {

std::vector<FieldLine> DescribeJudgement(const v1::Judgement& judgement);
std::vector<Column> JudgementColumns();
std::vector<StyledText> JudgementRow(const v1::Judgement& judgement);

std::vector<FieldLine> DescribeScorecard(const v1::GetScorecardResponse& card);
Table ScorecardTable(const v1::GetScorecardResponse& card);
Table DeclineTable(const v1::GetScorecardResponse& card);

std::vector<Column> MovedPairColumns();
std::vector<StyledText> MovedPairRow(const v1::MovedPair& pair);

}  // namespace duijie
