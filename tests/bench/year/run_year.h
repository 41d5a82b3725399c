// SPDX-License-Identifier: GPL-3.0-or-later
// One run of the year from the command line: plays it, prints and writes the figures, prints the rules.
#pragma once

#include "tests/bench/year/year.h"

namespace duijie::bench {

inline constexpr int kRuleBroken = 1;
inline constexpr int kBadCommandLine = 2;
inline constexpr int kNotPlayed = 3;

// Figures go to <out>/year.json; the log of a year that could not be played to <out>/year.log. Returns the
// exit code of the program.
int RunYear(const YearScale& scale, const v1::PushRules& rules, const std::string& out);

}  // namespace duijie::bench
