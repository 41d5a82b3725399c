// SPDX-License-Identifier: GPL-3.0-or-later
// Checks that several requests need. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie::search {

inline Status CheckPageSize(int page_size) {
  return page_size < 0 ? InvalidField("page_size", "NEGATIVE", "每页条数不能为负") : OkStatus();
}

// 0 = default; more than the limit is taken as the limit.
inline int PageSizeOf(int asked, int by_default, int limit) {
  return asked == 0 ? by_default : std::min(asked, limit);
}

// Code points of UTF-8 text (protobuf has checked that it is).
inline size_t CodePointsIn(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

inline Status CheckLength(std::string_view text, size_t least, size_t most, const std::string& field) {
  const size_t length = CodePointsIn(text);
  if (length < least) return InvalidField(field, "TOO_SHORT", "至少 " + std::to_string(least) + " 个字符");
  if (length > most) return InvalidField(field, "TOO_LONG", "最多 " + std::to_string(most) + " 个字符");
  return OkStatus();
}

}  // namespace duijie::search
