// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/runes.h"

#include "common/indicator/traditional.h"
#include "common/text/code_points.h"
#include "common/text/encoding.h"

namespace duijie::indicator {
namespace {

constexpr char32_t kFirstFullWidth = 0xFF01;
constexpr char32_t kLastFullWidth = 0xFF5E;
constexpr char32_t kFullWidthShift = 0xFEE0;

char32_t FoldSign(char32_t c) {
  switch (c) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:  // em dash: people write it between the ends of a range
    case 0x2015:
    case 0x2212:
    case 0x2500:  // box drawing, from some input methods
    case 0x4E28:
    case 0xFE63:  // small hyphen
      return U'-';
    case 0x301C:
    case 0x223C:
    case 0x02DC:
      return U'~';
    case 0x2267:
    case 0x2A7E:
      return U'≥';
    case 0x2266:
    case 0x2A7D:
      return U'≤';
    case 0x00B5:
      return U'μ';
    case 0x2022:
    case 0x2027:
    case 0x2219:
    case 0x22C5:
    case 0x30FB:
    case 0x2024:
      return U'·';
    case 0x2044:
    case 0x2215:
      return U'/';
    case 0x2126:  // ohm sign
      return U'Ω';
    case 0x212A:  // kelvin sign
      return U'K';
    case 0x00BA:  // ordinal indicator and ring, written for a degree sign
    case 0x02DA:
      return U'°';
    case 0x00A0:
    case 0x3000:
    case 0x2002:
    case 0x2003:
    case 0x2009:
    case 0x202F:
    case U'\t':
      return U' ';
    default:
      return c;
  }
}

}  // namespace

char32_t FoldRune(char32_t rune) {
  if (rune > U' ' && rune < 0x80) return rune;
  if (rune >= kFirstFullWidth && rune <= kLastFullWidth) return rune - kFullWidthShift;
  return FoldSign(rune);
}

char32_t FoldFully(char32_t rune) { return rune < 0x80 ? FoldRune(rune) : Simplified(FoldRune(rune)); }

Runes::Runes(std::string_view text, size_t max_bytes) : text_(TruncateBytes(text, max_bytes)) {
  folded_.reserve(text_.size() / 2 + 1);
  offsets_.reserve(text_.size() / 2 + 2);
  for (size_t pos = 0; pos < text_.size();) {
    offsets_.push_back(static_cast<uint32_t>(pos));
    const int32_t rune = NextCodePoint(text_, &pos);
    folded_.push_back(rune < 0 ? kReplacement : FoldFully(static_cast<char32_t>(rune)));
  }
  offsets_.push_back(static_cast<uint32_t>(text_.size()));
}

std::string Runes::Written(size_t begin, size_t end) const {
  const std::string_view bytes = Bytes(begin, end);
  std::string out;
  out.reserve(bytes.size());
  for (size_t pos = 0; pos < bytes.size();) {
    const int32_t rune = NextCodePoint(bytes, &pos);
    constexpr int32_t kMicro = 0xB5;  // as written: some keyboards have this one, some the Greek letter
    const int32_t folded = rune < 0 ? static_cast<int32_t>(kReplacement)
                                    : static_cast<int32_t>(FoldRune(static_cast<char32_t>(rune)));
    AppendCodePoint(static_cast<char32_t>(rune == kMicro ? kMicro : folded), &out);
  }
  return out;
}

std::u32string ToFolded(std::string_view text) {
  std::u32string out;
  for (size_t pos = 0; pos < text.size();) {
    const int32_t rune = NextCodePoint(text, &pos);
    out.push_back(rune < 0 ? kReplacement : FoldFully(static_cast<char32_t>(rune)));
  }
  return out;
}

std::string ToUtf8(std::u32string_view runes) {
  std::string out;
  for (const char32_t c : runes) AppendCodePoint(c, &out);
  return out;
}

}  // namespace duijie::indicator
