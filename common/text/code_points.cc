// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/code_points.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace duijie {
namespace {

// Blocks of scripts written without spaces; see https://www.unicode.org/Public/15.0.0/ucd/Blocks.txt
bool IsCjkRune(char32_t c) {
  if (c < 0x3005) return false;
  if (c >= 0x4E00 && c <= 0x9FFF) return true;         // CJK Unified Ideographs
  if (c >= 0x3400 && c <= 0x4DBF) return true;         // extension A
  if (c == 0x3005 || c == 0x3007) return true;         // 々 〇
  if (c >= 0x3041 && c <= 0x3096) return true;         // hiragana
  if (c >= 0x30A1 && c <= 0x30FF) return c != 0x30FB;  // katakana without the middle dot
  if (c >= 0x3105 && c <= 0x312F) return true;         // bopomofo
  if (c >= 0xAC00 && c <= 0xD7A3) return true;         // hangul syllables
  if (c >= 0xF900 && c <= 0xFAFF) return true;         // compatibility ideographs
  return c >= 0x20000 && c <= 0x323AF;                 // extensions B to H
}

}  // namespace

int32_t NextCodePoint(std::string_view text, size_t* pos) {
  const auto first = static_cast<uint8_t>(text[*pos]);
  if (first < 0x80) {
    ++*pos;
    return first;
  }
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  size_t i = *pos;
  const size_t size = text.size();
  UChar32 rune;
  U8_NEXT(bytes, i, size, rune);
  *pos = i;
  return rune;
}

void AppendCodePoint(char32_t rune, std::string* out) {
  char bytes[U8_MAX_LENGTH];
  size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(rune));
  out->append(bytes, length);
}

CharClass ClassOf(char32_t rune) {
  if (rune < 0x80) {
    if (rune >= '0' && rune <= '9') return CharClass::kDigit;
    const char32_t lower = rune | 0x20;
    return lower >= 'a' && lower <= 'z' ? CharClass::kLetter : CharClass::kOther;
  }
  if (IsCjkRune(rune)) return CharClass::kCjk;
  const auto c = static_cast<UChar32>(rune);
  if (u_isalnum(c)) return CharClass::kLetter;
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 ? CharClass::kMark : CharClass::kOther;
}

CodePoints SplitCodePoints(std::string_view text) {
  CodePoints out;
  out.reserve(text.size() / 2 + 1);
  for (size_t pos = 0; pos < text.size();) {
    const auto offset = static_cast<uint32_t>(pos);
    const int32_t rune = NextCodePoint(text, &pos);
    const char32_t known = rune < 0 ? kReplacement : static_cast<char32_t>(rune);
    out.push_back({known, offset, ClassOf(known)});
  }
  out.push_back({0, static_cast<uint32_t>(text.size()), CharClass::kOther});
  return out;
}

}  // namespace duijie
