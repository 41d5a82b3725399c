// SPDX-License-Identifier: GPL-3.0-or-later
// How the condition of a stated figure relates to the condition of a target. Private to common/indicator.
#pragma once

#include <string_view>

namespace duijie::indicator {

enum class ConditionMatch {
  kSame,     // equal, or defaults of the trade (室温, 25℃, 常压) or nothing on both sides
  kHarder,   // the stated condition asks more
  kEasier,   // it asks less
  kOther,    // it is another
  kMissing,  // the target has one, the statement none
};

// `name` of the quantity: heat makes a resin thin and a joint weak.
ConditionMatch MatchConditions(std::string_view wanted, std::string_view stated, std::string_view name);

}  // namespace duijie::indicator
