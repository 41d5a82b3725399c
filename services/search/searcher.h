// SPDX-License-Identifier: GPL-3.0-or-later
// The use case Search: hits, total, facets, pages. Thread-safe.
#pragma once

#include <memory>

#include "common/auth/page_token.h"
#include "duijie/v1/search_service.pb.h"
#include "services/search/search_context.h"

namespace duijie::search {

class Searcher {
 public:
  // `indexes` must outlive this.
  Searcher(const Indexes& indexes, SearchTools tools, PageTokens page_tokens)
      : indexes_(indexes), tools_(std::move(tools)), page_tokens_(std::move(page_tokens)) {}

  // Errors: INVALID_ARGUMENT (INVALID_FIELD, INVALID_PAGE_TOKEN), UNAVAILABLE (INDEX_BEHIND), those of
  // `caller.alive`.
  StatusOr<v1::SearchResponse> Search(const Caller& caller, const v1::SearchRequest& request) const;

 private:
  const Indexes& indexes_;
  const SearchTools tools_;
  const PageTokens page_tokens_;
};

}  // namespace duijie::search
