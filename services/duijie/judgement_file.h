// SPDX-License-Identifier: GPL-3.0-or-later
// Judgements in a tab-separated file, as evaluations read them: heading need_id, achievement_id, level (1 to
// 4), and optionally judge and rank_shown, in any order. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "duijie/v1/match.pb.h"

namespace duijie {

struct JudgementLine {
  int line = 0;  // in the file, from 1
  std::string need_id, achievement_id;
  v1::MatchLevel level = v1::MATCH_LEVEL_UNSPECIFIED;
  std::string judge;
  int rank_shown = 0;
};

// USAGE errors name `path` and line. One pair may occur once a judge.
StatusOr<std::vector<JudgementLine>> ParseJudgementFile(std::string_view text, const std::string& path);

}  // namespace duijie
