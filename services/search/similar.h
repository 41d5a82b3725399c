// SPDX-License-Identifier: GPL-3.0-or-later
// The use case FindSimilar: the telling words of a record are the query. Thread-safe.
#pragma once

#include "duijie/v1/search_service.pb.h"
#include "services/search/search_context.h"

namespace duijie::search {

inline constexpr size_t kSimilarTerms = 30;  // words of the record, by tf-idf

// Errors: INVALID_ARGUMENT, NOT_FOUND (RECORD_NOT_FOUND; also for a record that the caller may not see).
StatusOr<v1::FindSimilarResponse> FindSimilar(const Indexes& indexes, const SearchTools& tools,
                                              const Caller& caller, const v1::FindSimilarRequest& request);

}  // namespace duijie::search
