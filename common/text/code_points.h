// SPDX-License-Identifier: GPL-3.0-or-later
// Code points of UTF-8 text and the classes the analyzer tells apart. For common/text and common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duijie {

inline constexpr char32_t kReplacement = 0xFFFD;

inline bool IsTrailingByte(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

// The code point at *pos, or -1 if ill-formed there; moves *pos past it (past the maximal ill-formed part).
// Requires *pos < text.size().
int32_t NextCodePoint(std::string_view text, size_t* pos);

void AppendCodePoint(char32_t rune, std::string* out);

enum class CharClass : uint8_t {
  kOther,   // punctuation, space, symbols, emoji
  kCjk,     // ideographs, kana, hangul, bopomofo: written without spaces
  kLetter,  // letters of other scripts, and digits that are not ASCII
  kDigit,   // 0-9
  kMark,    // combining marks
};

CharClass ClassOf(char32_t rune);

// Letters and digits that form runs: kLetter or kDigit.
inline bool IsAlnum(CharClass c) { return c == CharClass::kLetter || c == CharClass::kDigit; }

struct CodePoint {
  char32_t rune;
  uint32_t offset;  // bytes from the start of the text
  CharClass cls;
};
using CodePoints = std::vector<CodePoint>;

// All code points of `text` (ill-formed parts as U+FFFD), followed by an end mark {0, text.size(), kOther}.
// Requires text.size() < 4 GiB.
CodePoints SplitCodePoints(std::string_view text);

// A range of indices into CodePoints, end exclusive.
struct Span {
  uint32_t begin;
  uint32_t end;
  friend bool operator==(const Span&, const Span&) = default;
  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace duijie
