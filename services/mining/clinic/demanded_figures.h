// SPDX-License-Identifier: GPL-3.0-or-later
// The figures that the texts of a need demand, beside its structured targets. Pure.
#pragma once

#include <vector>

#include "common/indicator/extract.h"
#include "duijie/v1/need.pb.h"

namespace duijie::mining {

// Those with a name, of the title, the description and the current practice in this order; of each text's
// first kMostTextBytes, at most kMostFigures.
std::vector<indicator::Indicator> DemandedFigures(const v1::Need& need);

}  // namespace duijie::mining
