// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of a list method: the size asked for, and a token that is bound to the request and its caller.
#pragma once

#include <memory>
#include <string>

#include <google/protobuf/message.h>

#include "common/auth/page_token.h"
#include "common/auth/principal.h"

namespace duijie {

struct PageLimits {
  int fallback = 50;  // page_size 0
  int most = 1'000;   // greater sizes are cut to it
};

// Of lists that people page through.
inline constexpr PageLimits kListPages{.fallback = 50, .most = 200};

class PageOfList {
 public:
  // `request` must have int32 page_size and string page_token; all its other fields and the caller make the
  // scope of the token. INVALID_ARGUMENT: a negative page_size, INVALID_PAGE_TOKEN.
  static StatusOr<PageOfList> Open(const PageTokens& tokens, const Principal& caller,
                                   const google::protobuf::Message& request, PageLimits limits = {});

  size_t size() const { return size_; }
  const std::string& position() const { return position_; }
  // The token of what follows; "" for position "".
  std::string TokenFor(std::string_view next) const;

 private:
  PageOfList(const PageTokens& tokens, std::string scope) : tokens_(&tokens), scope_(std::move(scope)) {}

  const PageTokens* tokens_;
  std::string scope_;
  std::string position_;
  size_t size_ = 0;
};

}  // namespace duijie
