// SPDX-License-Identifier: GPL-3.0-or-later
// 年度走访台账: which enterprises count in a year. An enterprise counts once, by credit code, at its first
// signed visit whose day lies in the year (China's calendar). Pure.
#pragma once

#include <vector>

#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

inline constexpr int kDefaultLedgerTarget = 100;
inline constexpr int kMaxLedgerTarget = 10'000;

// `visits`: those of the year that the reader may see, cancelled ones included or not.
v1::VisitLedger LedgerOf(int year, int target, std::vector<v1::Visit> visits);

}  // namespace duijie::mining
