// SPDX-License-Identifier: GPL-3.0-or-later
// Levels of pairs as people read them in tables.
#pragma once

#include <string>

#include "duijie/v1/match.pb.h"

namespace duijie {

std::string LevelWord(v1::MatchLevel level);       // "" if there is none
std::string LeastLevelWord(v1::MatchLevel level);  // of a bound: "不限" if there is none

}  // namespace duijie
