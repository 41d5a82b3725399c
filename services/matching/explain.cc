// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/explain.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace duijie::matching {
namespace {

constexpr size_t kSummaryTerms = 3;
constexpr int kSummaryRelated = 2;

double Millionths(int64_t number) { return static_cast<double>(number) / kScoreUnit; }

std::string Quoted(const v1::MatchedTerm& term) {
  if (term.met_as().empty()) return "“" + term.term() + "”";
  return "“" + term.term() + "”（对方作“" + term.met_as() + "”）";
}

// Words that any two texts may share. They count in the score like others, but are no reason to a reader.
constexpr auto kCommonWords = std::to_array<std::string_view>(
    {"低于", "高于", "不低", "不高", "大于", "小于", "超过", "以上", "以下", "以内", "左右", "达到", "达到了",
     "要求", "目前", "希望", "需要", "提高", "降低", "减少", "增加", "提升", "实现", "解决", "采用", "进行",
     "问题", "具有", "能够", "通过", "以及", "同时", "现有", "使用", "一种", "方面", "不能", "不得", "控制"});

bool IsTelling(const v1::MatchedTerm& term, const MatchedTerms& terms) {
  return terms.IsWord(term.term()) &&
         std::find(kCommonWords.begin(), kCommonWords.end(), term.term()) == kCommonWords.end();
}

std::string TermsClause(const v1::MatchExplanation& explanation, const MatchedTerms& terms) {
  if (explanation.terms().empty()) return "双方文本没有共同的词语";
  std::string words;
  size_t count = 0;
  for (const v1::MatchedTerm& term : explanation.terms()) {
    if (count == kSummaryTerms) break;
    if (!IsTelling(term, terms)) continue;
    words += (count++ == 0 ? "" : "、") + Quoted(term);
  }
  return count == 0 ? "双方只有泛泛的共同词语" : "双方都涉及" + words;
}

std::string RelatedClause(const v1::MatchExplanation& explanation) {
  std::string clause;
  for (int i = 0; i < explanation.related_terms_size() && i < kSummaryRelated; ++i) {
    const v1::RelatedTerm& related = explanation.related_terms(i);
    clause += (i == 0 ? "，用词不同而相关：“" : "、“") + related.term() + "”与“" + related.met_as() + "”";
  }
  return clause;
}

std::string NamesOf(const v1::MatchExplanation& explanation, v1::Verdict verdict) {
  std::string names;
  for (const v1::ConstraintVerdict& constraint : explanation.constraints()) {
    if (constraint.verdict() != verdict) continue;
    names += (names.empty() ? "" : "、") + ConstraintName(constraint.kind());
  }
  return names;
}

std::string SummaryOf(const v1::MatchExplanation& explanation, const ExplainedPair& pair) {
  const ScoredFeatures& scored = pair.scored;
  std::string summary = TermsClause(explanation, pair.terms) + RelatedClause(explanation);
  if (scored.values[kFieldAgreement] == kScoreUnit) {
    summary += "，技术领域一致";
  } else if (scored.values[kFieldAgreement] > 0) {
    summary += "，技术领域相近";
  }
  if (scored.values[kRegionDirection] > 0) summary += "，属京津研发、河北转化";
  const std::string satisfied = NamesOf(explanation, v1::VERDICT_SATISFIED);
  const std::string violated = NamesOf(explanation, v1::VERDICT_VIOLATED);
  if (!satisfied.empty()) summary += "；" + satisfied + "满足";
  if (!violated.empty()) summary += "；" + violated + "不满足";
  if (satisfied.empty() && violated.empty()) summary += "；硬性条件均未说明";
  if (!explanation.fit().summary().empty()) summary += "；" + explanation.fit().summary();
  return summary + "。";
}

}  // namespace

v1::MatchExplanation EvidenceOf(const ExplainedPair& pair) {
  v1::MatchExplanation explanation;
  for (v1::MatchedTerm& term : pair.terms.Of(pair.candidate, pair.scored, kMaxExplainedTerms))
    *explanation.add_terms() = std::move(term);
  if (pair.related != nullptr) {
    for (v1::RelatedTerm& related : pair.related->With(pair.candidate.title()))
      *explanation.add_related_terms() = std::move(related);
  }
  if (pair.fit != nullptr) *explanation.mutable_fit() = std::move(*pair.fit);
  return explanation;
}

v1::MatchExplanation Explain(const ExplainedPair& pair) {
  v1::MatchExplanation explanation = EvidenceOf(pair);
  std::array<size_t, kFeatureCount> order{};
  for (size_t i = 0; i < kFeatureCount; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::abs(pair.scored.contributions[a]) > std::abs(pair.scored.contributions[b]);
  });
  for (const size_t i : order) {
    v1::FeatureContribution* const feature = explanation.add_features();
    feature->set_feature(std::string(kFeatureNames[i]));
    feature->set_value(Millionths(pair.scored.values[i]));
    feature->set_contribution(Millionths(pair.scored.contributions[i]));
    feature->set_text(pair.model.text(i));
  }
  for (v1::ConstraintVerdict& verdict : CheckConstraints(pair.facts, pair.taxonomies)) {
    *explanation.add_constraints() = std::move(verdict);
  }
  explanation.set_summary(SummaryOf(explanation, pair));
  return explanation;
}

}  // namespace duijie::matching
