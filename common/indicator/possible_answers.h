// SPDX-License-Identifier: GPL-3.0-or-later
// What the model of answer_model.h is trained on: the figures of a text that could answer a target, the one
// whose name aligns among them. Only those that would give a verdict.
#pragma once

#include <vector>

#include "common/indicator/answer_model.h"
#include "common/indicator/compare.h"

namespace duijie::indicator {

struct PossibleAnswer {
  AnswerFeatures features;
  Verdict verdict = Verdict::kNotStated;  // if it answered
};

// Indicators first, then counts, shares and what the thing stands.
std::vector<PossibleAnswer> PossibleAnswers(const Target& target, const Stated& stated,
                                            const NameTable& names);

}  // namespace duijie::indicator
