// SPDX-License-Identifier: GPL-3.0-or-later
// A text as code points with their byte offsets, folded so that the tables need one form of each sign.
// Private to common/indicator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace duijie::indicator {

// One code point stays one code point, so that spans are exact: full width to half width, dashes to '-', wave
// dashes to '~', ≧ ⩾ ≦ ⩽ to ≥ ≤, µ to μ, middle dots to '·', white space to ' '. Case, superscripts and signs
// such as ℃ are kept: they tell units apart. Ill-formed bytes become U+FFFD.
char32_t FoldRune(char32_t rune);

class Runes {
 public:
  // Reads the first `max_bytes` bytes, less where that would split a code point.
  Runes(std::string_view text, size_t max_bytes);

  size_t size() const { return folded_.size(); }
  // U+0000 at and after the end.
  char32_t operator[](size_t i) const { return i < folded_.size() ? folded_[i] : U'\0'; }
  std::u32string_view view() const { return folded_; }
  std::u32string_view view(size_t begin, size_t end) const {
    return std::u32string_view(folded_).substr(begin, end - begin);
  }
  // Byte offset of a code point; of the end for i = size().
  uint32_t ByteOf(size_t i) const { return offsets_[i]; }
  // The bytes of [begin, end) as they stand in the text.
  std::string_view Bytes(size_t begin, size_t end) const {
    return text_.substr(offsets_[begin], offsets_[end] - offsets_[begin]);
  }
  // The same at half width, traditional characters kept.
  std::string Written(size_t begin, size_t end) const;

 private:
  std::string_view text_;
  std::u32string folded_;
  std::vector<uint32_t> offsets_;
};

// Folded fully.
std::u32string ToFolded(std::string_view text);
std::string ToUtf8(std::u32string_view runes);

inline bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool IsLatin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
// Ideographs; enough for the words that the tables hold.
inline bool IsHan(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007;
}

}  // namespace duijie::indicator
