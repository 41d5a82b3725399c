// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/quality/baselines/grams.h"

#include <cstddef>

namespace duijie::baselines {
namespace {

// Bytes of the character that begins at `at` of well-formed UTF-8.
size_t LengthAt(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return 1;
  if (lead < 0xE0) return 2;
  return lead < 0xF0 ? 3 : 4;
}

// U+4E00 to U+9FFF, E4 B8 80 to E9 BF BF in UTF-8.
bool IsChinese(std::string_view character) {
  return character >= "\xE4\xB8\x80" && character <= "\xE9\xBF\xBF";
}

bool IsAlnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool IsInRun(char c) { return IsAlnum(c) || c == '.' || c == '-' || c == '+' || c == '%' || c == '/'; }

}  // namespace

Counts CountGrams(std::string_view text) {
  Counts counts;
  std::string previous;  // of the same piece
  const auto add = [&](std::string_view symbol) {
    ++counts["1" + std::string(symbol)];
    if (!previous.empty()) ++counts["2" + previous + std::string(symbol)];
    previous = symbol;
  };
  for (size_t at = 0; at < text.size();) {
    size_t end = at + LengthAt(text, at);
    if (IsAlnum(text[at])) {
      while (end < text.size() && IsInRun(text[end])) ++end;
      add(text.substr(at, end - at));
    } else if (end - at == 3 && IsChinese(text.substr(at, 3))) {
      add(text.substr(at, 3));
    } else if (!IsInRun(text[at])) {
      previous.clear();
    }
    at = end;
  }
  return counts;
}

}  // namespace duijie::baselines
