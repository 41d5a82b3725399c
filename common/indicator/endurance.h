// SPDX-License-Identifier: GPL-3.0-or-later
// Whether what a thing is said to stand answers a target: 可在350℃下长期使用 for 耐温≥300℃. Private to
// common/indicator.
#pragma once

#include "common/indicator/stated_facts.h"

namespace duijie::indicator {

// The units convert, the target is of what the thing stands, and the sentence says that it stands it. `unit`
// of the target, absent where it is not known.
bool AnswersByEndurance(const Indicator& wanted, const std::optional<Unit>& unit, const Endured& endured);

}  // namespace duijie::indicator
