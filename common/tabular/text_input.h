// SPDX-License-Identifier: GPL-3.0-or-later
// A text file as UTF-8, in pieces, whatever its encoding.
//
// The encoding is a property of the whole file: a first pass looks at all of it, because a Chinese file may
// begin with many pages of ASCII. Pieces are cut after a byte below 0x30, which is never inside a character
// of UTF-8 or GB18030, so that each can be decoded by itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "common/status/status.h"
#include "common/tabular/byte_source.h"
#include "common/text/encoding.h"

namespace duijie::tabular {

// What a file in UTF-8 may begin with.
inline constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

class TextInput {
 public:
  static constexpr size_t kPieceBytes = size_t{256} << 10;

  // Refuses NUL bytes, UTF-16 and text that is neither UTF-8 nor GB18030; the error names the line.
  static StatusOr<TextInput> Open(std::unique_ptr<ByteSource> source);

  // Replaces *utf8 by the next piece, without byte order mark; false at the end.
  StatusOr<bool> NextPiece(std::string* utf8);

 private:
  explicit TextInput(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  StatusOr<bool> NextBytes();
  Status DetectEncoding();
  Status DetectPiece(size_t first_line);

  std::unique_ptr<ByteSource> source_;
  uint64_t offset_ = 0;
  std::string bytes_;  // the piece at hand, undecoded
  bool is_gb18030_ = false;
};

}  // namespace duijie::tabular
