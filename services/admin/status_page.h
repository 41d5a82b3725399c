// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the answer of AdminService.GetStatus together from what the other roles report. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "duijie/internal/v1/candidate_service.pb.h"
#include "duijie/v1/admin_service.pb.h"

namespace duijie {

// Names of the numbers that stores report (App::StoreHooks::numbers); the counts of records are under the
// names of their collections, e.g. "achievements".
inline constexpr char kRevisionNumber[] = "revision";
inline constexpr char kActiveRunsNumber[] = "active_runs";

// Fills revision and collections; a number that the catalog does not report is 0.
void FillCollections(const std::map<std::string, int64_t>& records,
                     const internal::v1::GetIndexStatusResponse& indexes, v1::GetStatusResponse* response);

}  // namespace duijie
