// SPDX-License-Identifier: GPL-3.0-or-later
// What was imported is stored at once and indexed soon after; whoever matches or measures in between gets
// less than there is. So an import ends when its records can be found.
#pragma once

#include <chrono>

#include "duijie/v1/common.pb.h"
#include "services/duijie/session.h"

namespace duijie {

inline constexpr std::chrono::minutes kMaxIndexWait{10};

// Waits until the index has reached `revision` of the catalog; at most kMaxIndexWait, then says so. Whatever
// else keeps it from telling (a caller who may not search, a search role that is down) is no error either:
// the records are stored.
void WaitForIndex(Session& session, v1::Collection collection, int64_t revision);

}  // namespace duijie
