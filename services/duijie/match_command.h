// SPDX-License-Identifier: GPL-3.0-or-later
// match need, match achievement; and the options of a match, shared with runs and evaluations.
#pragma once

#include "duijie/v1/match.pb.h"
#include "services/duijie/session.h"

namespace duijie {

void AddMatchCommands(Command root, Invocation& invocation);

struct MatchOptions {
  int top = 0;         // 0 = the server's default
  int candidates = 0;  // likewise
  bool drop_violations = false;
  bool ignore_violations = false;
  bool jing_jin_ji = false;
  double min_score = 0;
  std::string min_level, model, as_of;
};

// `options` must outlive the command line.
void AddMatchOptions(Command command, MatchOptions* options);
// INVALID_ARGUMENT (BAD_ARGUMENT) where a word is none of those that an option knows.
StatusOr<v1::MatchParameters> ToParameters(const MatchOptions& options);

}  // namespace duijie
