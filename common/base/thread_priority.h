// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace duijie {

inline constexpr int kBatchNiceness = 10;  // a tenth of the processor beside a thread that somebody waits for

// From now on the calling thread, which works on what nobody waits for by the second, leaves the processor to
// others. It never gets faster again; where the system refuses, nothing changes.
void LowerThreadPriority();

}  // namespace duijie
