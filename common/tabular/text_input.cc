// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/text_input.h"

#include <algorithm>
#include <optional>

#include "common/tabular/table_error.h"

namespace duijie::tabular {
namespace {

constexpr unsigned char kFirstInnerByte = 0x30;  // lowest byte that can follow the lead byte of a character

bool IsUtf16(std::string_view bytes) {
  const std::string_view mark = bytes.substr(0, 2);
  return mark == "\xFF\xFE" || mark == "\xFE\xFF";
}

size_t CountLines(std::string_view bytes) {
  return static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
}

// How much of `bytes` can be decoded by itself.
size_t CutAfterLastSafeByte(std::string_view bytes) {
  for (size_t end = bytes.size(); end > 0; --end) {
    if (static_cast<unsigned char>(bytes[end - 1]) < kFirstInnerByte) return end;
  }
  return 0;
}

// How many lines of an undecodable piece come before the one at fault: the first that cannot be decoded by
// itself or, if each can (damage that pairs up), the first that is not UTF-8.
size_t LinesBeforeFault(std::string_view piece) {
  std::optional<size_t> first_not_utf8;
  for (size_t line = 0; !piece.empty(); ++line) {
    const std::string_view text = piece.substr(0, piece.find('\n'));
    if (!DecodeText(text).ok()) return line;
    if (!first_not_utf8 && !IsValidUtf8(text)) first_not_utf8 = line;
    piece.remove_prefix(std::min(text.size() + 1, piece.size()));
  }
  return first_not_utf8.value_or(0);
}

}  // namespace

StatusOr<TextInput> TextInput::Open(std::unique_ptr<ByteSource> source) {
  TextInput input(std::move(source));
  DUIJIE_RETURN_IF_ERROR(input.DetectEncoding());
  input.offset_ = 0;
  return input;
}

Status TextInput::DetectEncoding() {
  size_t line = 1;
  for (;;) {
    const bool first = offset_ == 0;
    DUIJIE_ASSIGN_OR_RETURN(const bool more, NextBytes());
    if (!more) return OkStatus();
    if (first && IsUtf16(bytes_)) {
      return Unsupported("文件编码是 UTF-16，请另存为“CSV UTF-8”或 .xlsx 后再试");
    }
    DUIJIE_RETURN_IF_ERROR(DetectPiece(line));
    line += CountLines(bytes_);
  }
}

Status TextInput::DetectPiece(size_t first_line) {
  const size_t nul = bytes_.find('\0');
  if (nul != std::string::npos) {
    return CorruptAt(first_line + CountLines(std::string_view(bytes_).substr(0, nul)),
                     "含有空字符（NUL），不是文本文件，请重新导出后再试");
  }
  const auto decoded = DecodeText(bytes_);
  if (decoded.ok()) {
    is_gb18030_ |= decoded->encoding == Encoding::kGb18030;
    return OkStatus();
  }
  return CorruptAt(first_line + LinesBeforeFault(bytes_),
                   "文字编码既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”或 .xlsx 后再试");
}

StatusOr<bool> TextInput::NextBytes() {
  bytes_.resize(kPieceBytes);
  DUIJIE_ASSIGN_OR_RETURN(const size_t got, source_->ReadAt(offset_, bytes_.data(), bytes_.size()));
  bytes_.resize(got);
  const bool last = offset_ + got >= source_->size();
  if (!last) bytes_.resize(CutAfterLastSafeByte(bytes_));
  if (bytes_.empty() && got > 0) {
    return Corrupt("文件内有超过 " + std::to_string(kPieceBytes) +
                   " 字节的文字没有换行、分隔符或空格，不是表格文件");
  }
  offset_ += bytes_.size();
  return got > 0;
}

StatusOr<bool> TextInput::NextPiece(std::string* utf8) {
  const bool first = offset_ == 0;
  DUIJIE_ASSIGN_OR_RETURN(const bool more, NextBytes());
  if (!more) return false;
  if (is_gb18030_) {
    DUIJIE_ASSIGN_OR_RETURN(*utf8, DecodeGb18030(bytes_));
  } else {
    const bool marked = first && std::string_view(bytes_).substr(0, kUtf8Mark.size()) == kUtf8Mark;
    *utf8 = marked ? bytes_.substr(kUtf8Mark.size()) : bytes_;
  }
  return true;
}

}  // namespace duijie::tabular
