// SPDX-License-Identifier: GPL-3.0-or-later
// The two text formats of evaluations. Pure.
//
//   judgements  tab-separated, heading need_id / achievement_id / level, level 1 to 4
//   run         six fields a line between blanks: need Q0 achievement rank score tag
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "services/duijie/eval_metrics.h"

namespace duijie {

// USAGE errors name `path` and line.
StatusOr<Judgements> ParseJudgements(std::string_view text, const std::string& path);
StatusOr<ScoredRun> ParseRun(std::string_view text, const std::string& path);

struct RankedAchievement {
  std::string id;
  double score = 0;
};

// The lines of one need, best first as given. Readers sort by score and break ties by id, so the printed
// scores fall strictly: a score not below the one before it (a tie, or a result ranked last for a condition
// it violates) is printed 0.000001 below it. USAGE error if an id holds a blank, LOCAL if a score is not
// finite.
StatusOr<std::string> FormatRun(const std::string& need, const std::vector<RankedAchievement>& ranked,
                                const std::string& tag);

}  // namespace duijie
