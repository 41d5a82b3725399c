// SPDX-License-Identifier: GPL-3.0-or-later
// How evidence makes a level: the highest one whose required conditions are all evidenced, and those of all
// lower levels too. A gap below is never made up for above. Pure.
#pragma once

#include <string>
#include <vector>

#include "duijie/v1/maturity.pb.h"

namespace duijie::push {

// One per level, 1 to 9. Evidence without text is none; evidence for other codes does not count.
std::vector<v1::MaturityLevelResult> LevelResults(const v1::MaturityScheme& scheme,
                                                  const v1::MaturityAssessment& assessment);

// 0 if not even level 1 is reached.
int LevelOf(const std::vector<v1::MaturityLevelResult>& results);

// Whether two units are one: equal credit codes, or equal names without blanks and with brackets
// and Latin letters in one form.
bool IsSameUnit(const std::string& credit_code_a, const std::string& name_a, const std::string& credit_code_b,
                const std::string& name_b);

}  // namespace duijie::push
