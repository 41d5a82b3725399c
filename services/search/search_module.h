// SPDX-License-Identifier: GPL-3.0-or-later
// The role "search": two indexes below <data folder>/index, their followers, SearchService and
// CandidateService.
#pragma once

#include "common/rpc/app.h"

namespace duijie {

// Opens the indexes, or creates them; they are filled once the catalog answers. Errors: NOT_FOUND or
// INVALID_ARGUMENT for missing or broken dictionaries, FAILED_PRECONDITION (DATA_FOLDER_IN_USE).
Status BindSearch(rpc::App& app);

}  // namespace duijie
