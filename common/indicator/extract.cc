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

bool EndsSentence(char32_t c) {
  switch (c) {
    case U'。':
    case U';':
    case U'!':
    case U'?':
    case U'\n':
    case U'\r':
      return true;
    default:
      return false;
  }
}

// 一种, 一个: the commonest numerals, which are no figures.
bool IsArticle(const Runes& runes, size_t i) {
  static constexpr std::u32string_view kBehind = U"种些定般致体方起直步样旦条套台款项类组端侧面层根块";
  if (runes[i] != U'一') return false;
  const char32_t next = runes[i + 1];
  if (next == U'个') {
    const char32_t then = runes[i + 2];
    return then != U'月' && then != U'小' && then != U'星' && then != U'百';
  }
  return next != 0 && kBehind.find(next) != std::u32string_view::npos;
}

bool MayBeginFigure(const Runes& runes, size_t i) {
  const char32_t c = runes[i];
  if (IsDigit(c)) return true;
  if (c < 0x3000) return false;
  return c == U'万' || c == U'翻' || (IsNumeral(c) && !IsArticle(runes, i));
}

// The sentences that hold figures, one after the other.
class SentenceFinder {
 public:
  explicit SentenceFinder(const Runes& runes) : runes_(runes) {}

  bool Next() {
    while (end_ < runes_.size()) {
      begin_ = end_;
      bool figures = false;
      while (end_ < runes_.size() && !EndsSentence(runes_[end_])) {
        figures = figures || MayBeginFigure(runes_, end_);
        ++end_;
      }
      if (end_ < runes_.size()) ++end_;
      if (figures) return true;
    }
    return false;
  }

  size_t begin() const { return begin_; }
  size_t end() const { return end_; }

 private:
  const Runes& runes_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace

std::vector<Indicator> Extract(std::string_view text) { return ExtractWithOthers(text, nullptr); }

std::vector<Indicator> ExtractWithOthers(std::string_view text, OtherFigures* others) {
  std::vector<Indicator> indicators;
  if (!MayHoldFigures(text)) return indicators;
  const Runes runes(text, kMaxTextBytes);
  SentenceFinder sentences(runes);
  while (indicators.size() < kMaxIndicators && sentences.Next()) {
    Grouped grouped = GroupQuantities(runes, Tokenize(runes, sentences.begin(), sentences.end()));
    if (grouped.quantities.empty()) continue;
    size_t count = grouped.tokens.size();
    if (grouped.tokens.back().role == Role::kSentenceEnd) --count;
    for (size_t begin = 0; begin < count; begin += kMaxSentenceTokens) {
      const size_t end = std::min(count, begin + kMaxSentenceTokens);
      SentenceReader(runes, &grouped, begin, end, &indicators, others).Run();
    }
  }
  if (indicators.size() > kMaxIndicators) indicators.resize(kMaxIndicators);
  return indicators;
}

}  // namespace duijie::indicator
