// SPDX-License-Identifier: GPL-3.0-or-later
// Who may see, cancel and delete a match run: who created it, administrators, and staff of all parks. What a
// run's results show is decided again for each reader; see run_results.h. Pure.
#pragma once

#include "common/auth/principal.h"
#include "duijie/internal/v1/stored_run.pb.h"

namespace duijie::matching {

inline bool MaySeeRun(const Principal& caller, const internal::v1::StoredRun& run) {
  return caller.role() == v1::ROLE_ADMIN || (caller.role() == v1::ROLE_STAFF && caller.all_parks()) ||
         (!caller.key_id().empty() && caller.key_id() == run.creator().key_id());
}

}  // namespace duijie::matching
