// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that stand before a name or a bound and say what it holds for: 28d抗压强度, 粘度25℃≤300mPa·s.
// Private to conditions.cc.
#pragma once

#include "common/indicator/condition_scan.h"

namespace duijie::indicator {

// Marks the free figure `i` if it is such a one.
void MarkLeading(ConditionScan& scan, size_t i);

}  // namespace duijie::indicator
