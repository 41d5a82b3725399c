// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/stated_facts.h"

#include <algorithm>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"

namespace duijie::indicator {
std::string_view Part(std::string_view text, TextSpan span) {
  const size_t begin = std::min<size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

bool IsUnusable(std::string_view text, const Indicator& indicator) {
  const TextSpan span = ClauseOf(text, indicator.whole);
  const std::string_view clause = Part(text, span);
  return IsPlan(clause) || IsOtherProduct(clause) || LeadsPlan(LeadClause(text, span));
}

StatedFacts WorkOutFacts(std::string_view text, const std::vector<Indicator>& indicators,
                         const std::vector<Indicator>& conditions, const NameTable& names) {
  StatedFacts facts;
  facts.names = &names;
  facts.prepared.reserve(indicators.size());
  const auto endure = [&](const Indicator& figure) {
    if (facts.endured.size() >= kMaxEvidenceCandidates) return;
    facts.endured.push_back({figure, ParseUnit(figure.unit), Part(text, SentenceOf(text, figure.whole))});
  };
  for (const Indicator& indicator : indicators) {
    facts.prepared.push_back(names.Prepare(indicator));
    const bool nameless = indicator.name.empty() || indicator.name == "高温" || indicator.name == "低温";
    if (nameless && !IsRelative(indicator)) endure(indicator);
  }
  for (const Indicator& condition : conditions) endure(condition);
  return facts;
}

}  // namespace duijie::indicator
