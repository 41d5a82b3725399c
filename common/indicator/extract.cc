// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/extract.h"

#include <algorithm>
#include <utility>

#include "common/indicator/extraction.h"
#include "common/indicator/number.h"
#include "common/indicator/sentence_reader.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxSentenceTokens = 400;  // a longer sentence is read in parts

// Whether the text holds a digit, half or full width, or a Chinese numeral; most texts hold none.
bool MayHoldFigures(std::string_view text) {
  text = text.substr(0, kMaxTextBytes);
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<uint8_t>(text[i]);
    if (byte >= '0' && byte <= '9') return true;
    if (byte < 0xE3) continue;
    if (i + 2 >= text.size()) break;
    const auto rune =
        static_cast<char32_t>((byte & 0x0F) << 12 | (static_cast<uint8_t>(text[i + 1]) & 0x3F) << 6 |
                              (static_cast<uint8_t>(text[i + 2]) & 0x3F));
    if (rune >= 0xFF10 && rune <= 0xFF19) return true;
    if (IsNumeral(rune) || rune == U'万' || rune == U'萬' || rune == U'兩' || rune == U'翻') return true;
  }
  return false;
}

}  // namespace

std::vector<Indicator> Extract(std::string_view text) { return ExtractWithConditions(text, nullptr); }

std::vector<Indicator> ExtractWithConditions(std::string_view text, std::vector<Indicator>* conditions) {
  if (!MayHoldFigures(text)) return {};
  const Runes runes(text, kMaxTextBytes);
  Grouped grouped = GroupQuantities(runes, Tokenize(runes));
  std::vector<Indicator> indicators;
  if (grouped.quantities.empty()) return indicators;
  for (size_t begin = 0; begin < grouped.tokens.size() && indicators.size() < kMaxIndicators;) {
    size_t end = begin;
    while (end < grouped.tokens.size() && end - begin < kMaxSentenceTokens &&
           grouped.tokens[end].role != Role::kSentenceEnd) {
      ++end;
    }
    SentenceReader(runes, &grouped, begin, end, &indicators, conditions).Run();
    begin = std::max(end, begin + 1);
    if (begin < grouped.tokens.size() && grouped.tokens[begin].role == Role::kSentenceEnd) ++begin;
  }
  if (indicators.size() > kMaxIndicators) indicators.resize(kMaxIndicators);
  return indicators;
}

}  // namespace duijie::indicator
