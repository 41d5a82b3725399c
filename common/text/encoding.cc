// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/encoding.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "common/text/code_points.h"

namespace duijie {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// UTF-8 with damage is told from GB18030 by having this many well-formed 3- or 4-byte sequences for each bad
// one.
constexpr size_t kGoodPerBadSequence = 4;
constexpr size_t kConvertChunk = 4096;  // UTF-16 units

struct Utf8Survey {
  std::optional<size_t> first_bad;
  size_t bad = 0;
  size_t long_sequences = 0;  // well-formed, of 3 or 4 bytes
};

Utf8Survey Survey(std::string_view bytes) {
  Utf8Survey survey;
  for (size_t pos = 0; pos < bytes.size();) {
    const size_t start = pos;
    if (NextCodePoint(bytes, &pos) >= 0) {
      if (pos - start >= 3) ++survey.long_sequences;
      continue;
    }
    if (!survey.first_bad) survey.first_bad = start;
    ++survey.bad;
  }
  return survey;
}

Status Undecodable(size_t offset) {
  const std::string at = std::to_string(offset);
  return Error(StatusCode::kInvalidArgument, "UNDECODABLE_TEXT",
               "无法识别文字编码：第 " + at + " 字节处（从 0 起）既不是 UTF-8 也不是 GB18030",
               {{"byte_offset", at}});
}

void AppendUtf16(const UChar* units, size_t count, std::string* out) {
  for (size_t i = 0; i < count;) {
    UChar32 rune;
    U16_NEXT_OR_FFFD(units, i, count, rune);
    AppendCodePoint(static_cast<char32_t>(rune), out);
  }
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// Either the text, or in *bad_offset where decoding stopped.
std::optional<std::string> ConvertGb18030(std::string_view bytes, size_t* bad_offset) {
  *bad_offset = 0;
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open("gb18030", &error));
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  const char* source = bytes.data();
  const char* const end = bytes.data() + bytes.size();
  std::vector<UChar> units(kConvertChunk + 1);
  size_t kept = 0;  // a lead surrogate carried over from the last chunk
  std::string text;
  text.reserve(bytes.size() * 3 / 2);
  do {
    error = U_ZERO_ERROR;
    UChar* target = units.data() + kept;
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, end, nullptr, true,
                   &error);
    if (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR) break;
    size_t count = static_cast<size_t>(target - units.data());
    kept = error == U_BUFFER_OVERFLOW_ERROR && count > 0 && U16_IS_LEAD(units[count - 1]) ? 1 : 0;
    AppendUtf16(units.data(), count - kept, &text);
    if (kept == 1) units[0] = units[count - 1];
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  if (U_SUCCESS(error)) return text;
  char invalid[8];
  int8_t length = sizeof(invalid);
  UErrorCode ignored = U_ZERO_ERROR;
  ucnv_getInvalidChars(converter.get(), invalid, &length, &ignored);
  const size_t consumed = static_cast<size_t>(source - bytes.data());
  *bad_offset = consumed - std::min<size_t>(consumed, U_SUCCESS(ignored) ? static_cast<size_t>(length) : 0);
  return std::nullopt;
}

int WidthOf(char32_t rune) {
  if (rune == 0 || rune < 0x20 || (rune >= 0x7F && rune < 0xA0)) return 0;
  const auto c = static_cast<UChar32>(rune);
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

}  // namespace

StatusOr<Decoded> DecodeText(std::string_view bytes) {
  const bool marked = bytes.substr(0, kByteOrderMark.size()) == kByteOrderMark;
  const size_t skipped = marked ? kByteOrderMark.size() : 0;
  const std::string_view body = bytes.substr(skipped);
  const Utf8Survey survey = Survey(body);
  if (!survey.first_bad) {
    return Decoded{std::string(body), marked ? Encoding::kUtf8Bom : Encoding::kUtf8};
  }
  if (marked || survey.long_sequences > kGoodPerBadSequence * survey.bad) {
    return Undecodable(skipped + *survey.first_bad);
  }
  size_t bad_offset = 0;
  std::optional<std::string> text = ConvertGb18030(bytes, &bad_offset);
  if (!text) return Undecodable(std::max(bad_offset, *survey.first_bad));
  return Decoded{*std::move(text), Encoding::kGb18030};
}

StatusOr<std::string> DecodeGb18030(std::string_view bytes) {
  size_t bad_offset = 0;
  std::optional<std::string> text = ConvertGb18030(bytes, &bad_offset);
  if (!text) return Undecodable(bad_offset);
  return *std::move(text);
}

bool IsValidUtf8(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    if (NextCodePoint(text, &pos) < 0) return false;
  }
  return true;
}

std::string SanitizeUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const size_t start = pos;
    if (NextCodePoint(text, &pos) >= 0) {
      out.append(text.substr(start, pos - start));
    } else {
      AppendCodePoint(kReplacement, &out);
    }
  }
  return out;
}

size_t CountCodePoints(std::string_view utf8) {
  size_t count = 0;
  for (size_t pos = 0; pos < utf8.size(); ++count) NextCodePoint(utf8, &pos);
  return count;
}

std::string TruncateCodePoints(std::string_view utf8, size_t max) {
  size_t pos = 0;
  for (size_t count = 0; count < max && pos < utf8.size(); ++count) NextCodePoint(utf8, &pos);
  return std::string(utf8.substr(0, pos));
}

std::string_view TruncateBytes(std::string_view utf8, size_t max_bytes) {
  if (utf8.size() <= max_bytes) return utf8;
  // A code point has at most three trailing bytes; more of them in a row are ill-formed anyway.
  size_t end = max_bytes;
  for (int steps = 0; steps < 3 && end > 0 && IsTrailingByte(utf8[end]); ++steps) --end;
  return utf8.substr(0, IsTrailingByte(utf8[end]) ? max_bytes : end);
}

int DisplayWidth(std::string_view utf8) {
  int width = 0;
  for (size_t pos = 0; pos < utf8.size();) {
    const int32_t rune = NextCodePoint(utf8, &pos);
    width += WidthOf(rune < 0 ? kReplacement : static_cast<char32_t>(rune));
  }
  return width;
}

}  // namespace duijie
