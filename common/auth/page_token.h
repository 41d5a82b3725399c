// SPDX-License-Identifier: GPL-3.0-or-later
// Opaque signed page tokens: base64url(version ‖ position ‖ MAC), bound to the query they were made for, so that a
// token of another query, or one made up, is refused (INVALID_PAGE_TOKEN). See docs/formats/page_token.md.
#pragma once

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

class PageTokens {
 public:
  // `key`: 32 bytes that all processes of a role share; see rpc::App::DerivedKey.
  explicit PageTokens(std::string key);

  // `scope` identifies the query: method, filter, order, caller (serialised deterministically). `position`: ≤ 4 KiB, any bytes.
  std::string Make(std::string_view scope, std::string_view position) const;
  StatusOr<std::string> Open(std::string_view scope, std::string_view token) const;

 private:
  std::string key_;
};

}  // namespace duijie
