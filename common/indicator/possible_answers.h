// SPDX-License-Identifier: GPL-3.0-or-later
// What the model of answer_model.h is trained on: the figure of a text whose name aligns although it is of
// something of which the need does not speak, or all that could answer where no name tells which does. Only
// those that would give a verdict.
#pragma once

#include <vector>

#include "common/indicator/answer_model.h"
#include "common/indicator/compare.h"

namespace duijie::indicator {

struct PossibleAnswer {
  AnswerFeatures features;
  bool is_named = false;
  Verdict verdict = Verdict::kNotStated;  // if it answered
};

// Indicators first, then counts, shares and what the thing stands.
std::vector<PossibleAnswer> PossibleAnswers(const Target& target, const Stated& stated,
                                            const NameTable& names);

}  // namespace duijie::indicator
