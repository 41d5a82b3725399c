// SPDX-License-Identifier: GPL-3.0-or-later
// The use case Suggest: keywords that begin with what was typed, and the words of titles that go on from it.
// Looks at the kSuggestDocuments visible records changed last that hold the typed characters in title or
// keywords, so its work is bounded and nothing comes from a record that the caller may not see. Thread-safe.
#pragma once

#include "duijie/v1/search_service.pb.h"
#include "services/search/search_context.h"

namespace duijie::search {

inline constexpr Xapian::doccount kSuggestDocuments = 300;
inline constexpr size_t kMaxSuggestionCodePoints = 30;

StatusOr<v1::SuggestResponse> Suggest(const Indexes& indexes, const SearchTools& tools, const Caller& caller,
                                      const v1::SuggestRequest& request);

}  // namespace duijie::search
