// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/extract.h"

#include <algorithm>
#include <utility>

#include "common/indicator/sentence_reader.h"

namespace duijie::indicator {
namespace {

constexpr size_t kMaxSentenceTokens = 400;  // a longer sentence is read in parts

}  // namespace

std::vector<Indicator> Extract(std::string_view text) {
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
    SentenceReader(runes, &grouped, begin, end, &indicators).Run();
    begin = std::max(end, begin + 1);
    if (begin < grouped.tokens.size() && grouped.tokens[begin].role == Role::kSentenceEnd) ++begin;
  }
  if (indicators.size() > kMaxIndicators) indicators.resize(kMaxIndicators);
  return indicators;
}

}  // namespace duijie::indicator
