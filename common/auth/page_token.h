// SPDX-License-Identifier: GPL-3.0-or-later
// Opaque signed page tokens: base64url(version ‖ position ‖ MAC), bound to the query they were made for, so
// that a token of another query, or one made up, is refused (INVALID_PAGE_TOKEN). See
// docs/formats/page_token.md.
#pragma once

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

class PageTokens {
 public:
  static constexpr size_t kMaxPositionBytes = 4096;

  // `key`: 32 bytes that all processes of a role share; see rpc::App::DerivedKey.
  explicit PageTokens(const std::string& key);

  // `scope` identifies the query: method, filter, order, caller (serialised deterministically). `position`:
  // any bytes, at most kMaxPositionBytes (a longer one is a defect of the caller; it is cut).
  std::string Make(std::string_view scope, std::string_view position) const;
  // The position, or INVALID_ARGUMENT INVALID_PAGE_TOKEN; any bytes are safe input.
  StatusOr<std::string> Open(std::string_view scope, std::string_view token) const;

 private:
  std::string key_;
};

}  // namespace duijie
