// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes to UTF-8, and measures of UTF-8 text. Pure functions; none throws on any bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

enum class Encoding { kUtf8, kUtf8Bom, kGb18030 };

struct Decoded {
  std::string text;  // valid UTF-8, without a byte order mark
  Encoding encoding;
};

// Detects UTF-8 (with or without a byte order mark) or GB18030 (so also GBK and GB 2312) and returns UTF-8.
// If the bytes are neither: INVALID_ARGUMENT, reason UNDECODABLE_TEXT, metadata "byte_offset" (0-based, of
// the first byte that cannot be decoded). Bytes that are mostly multi-byte UTF-8 with a few damaged places
// are reported as damaged UTF-8 rather than read as GB18030 nonsense.
StatusOr<Decoded> DecodeText(std::string_view bytes);

// Reads the bytes as GB18030 without detection, for a piece of a file whose encoding is already known.
// Errors as above.
StatusOr<std::string> DecodeGb18030(std::string_view bytes);

bool IsValidUtf8(std::string_view text);

// The same text with each ill-formed sequence replaced by U+FFFD.
std::string SanitizeUtf8(std::string_view text);

// Code points; an ill-formed sequence counts as one.
size_t CountCodePoints(std::string_view utf8);

// The first `max` code points.
std::string TruncateCodePoints(std::string_view utf8, size_t max);

// The longest prefix of at most `max_bytes` bytes that does not split a code point.
std::string_view TruncateBytes(std::string_view utf8, size_t max_bytes);

// Columns in a terminal: wide and full-width characters 2, combining marks and controls 0, others 1.
// Characters of ambiguous width count as 1.
int DisplayWidth(std::string_view utf8);

}  // namespace duijie
