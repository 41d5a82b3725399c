// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/explain.h"

#include <algorithm>
#include <string>

namespace duijie::matching {
namespace {

constexpr size_t kSummaryTerms = 3;

double Millionths(int64_t number) { return static_cast<double>(number) / kScoreUnit; }

struct Credit {
  size_t term = 0;  // index into the query's terms
  double share = 0;
  Counts counts{};
};

// Where the credit of a matched term goes: to the longest word that holds it and matched too, else to itself.
size_t Receiver(const Query& query, const std::vector<char>& matched, size_t term) {
  for (const uint32_t holder : query.terms[term].held_by) {
    if (matched[holder] != 0) return holder;
  }
  return term;
}

// Credits by receiving term, in order of the query; shares not yet scaled to add up to 1.
std::vector<Credit> CreditsOf(const ExplainedPair& pair) {
  const TextScale scale(pair.query, pair.candidate, pair.model);
  const auto& counts = pair.candidate.term_counts();
  std::vector<TextParts> parts;
  parts.reserve(static_cast<size_t>(counts.size()));
  TextParts sums{};
  std::vector<char> matched(pair.query.terms.size());
  for (const internal::v1::TermCount& count : counts) {
    matched[count.term()] = 1;
    parts.push_back(PartsOf(pair.query, scale, count));
    for (size_t i = 0; i < kTextFeatureCount; ++i) sums[i] += parts.back()[i];
  }
  std::vector<Credit> by_term(pair.query.terms.size());
  for (size_t c = 0; c < parts.size(); ++c) {
    const internal::v1::TermCount& count = counts.Get(static_cast<int>(c));
    Credit& credit = by_term[Receiver(pair.query, matched, count.term())];
    for (size_t i = 0; i < kTextFeatureCount; ++i) {
      if (sums[i] > 0)
        credit.share += static_cast<double>(pair.scored.contributions[i]) * parts[c][i] / sums[i];
    }
  }
  for (const internal::v1::TermCount& count : counts) {
    by_term[count.term()].counts = {count.title(), count.keywords(), count.body()};
  }
  std::vector<Credit> credits;
  for (size_t term = 0; term < by_term.size(); ++term) {
    if (by_term[term].share <= 0) continue;
    by_term[term].term = term;
    credits.push_back(by_term[term]);
  }
  return credits;
}

v1::MatchedTerm ToProto(const Query& query, const Credit& credit, double total) {
  v1::MatchedTerm out;
  const BagTerm& term = query.terms[credit.term].term;
  if (term.synonym_of >= 0) {
    out.set_term(query.terms[static_cast<size_t>(term.synonym_of)].term.text);
    out.set_met_as(term.text);
  } else {
    out.set_term(term.text);
  }
  out.set_share(credit.share / total);
  if (credit.counts[kTitle] > 0) out.add_fields("title");
  if (credit.counts[kKeywords] > 0) out.add_fields("keywords");
  if (credit.counts[kBody] > 0) out.add_fields("body");
  return out;
}

std::string Quoted(const v1::MatchedTerm& term) {
  if (term.met_as().empty()) return "“" + term.term() + "”";
  return "“" + term.term() + "”（对方作“" + term.met_as() + "”）";
}

std::string TermsClause(const v1::MatchExplanation& explanation) {
  if (explanation.terms().empty()) return "双方文本没有共同的词语";
  std::string clause = "双方都涉及";
  for (size_t i = 0; i < std::min<size_t>(kSummaryTerms, static_cast<size_t>(explanation.terms_size()));
       ++i) {
    clause += (i == 0 ? "" : "、") + Quoted(explanation.terms(static_cast<int>(i)));
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

std::string SummaryOf(const v1::MatchExplanation& explanation, const ScoredFeatures& scored) {
  std::string summary = TermsClause(explanation);
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
  return summary + "。";
}

}  // namespace

std::vector<v1::MatchedTerm> MatchedTerms(const ExplainedPair& pair, size_t limit) {
  std::vector<Credit> credits = CreditsOf(pair);
  std::stable_sort(credits.begin(), credits.end(),
                   [](const Credit& a, const Credit& b) { return a.share > b.share; });
  double total = 0;
  for (const Credit& credit : credits) total += credit.share;
  credits.resize(std::min(credits.size(), limit));
  std::vector<v1::MatchedTerm> terms;
  terms.reserve(credits.size());
  for (const Credit& credit : credits) terms.push_back(ToProto(pair.query, credit, total));
  return terms;
}

v1::MatchExplanation Explain(const ExplainedPair& pair) {
  v1::MatchExplanation explanation;
  for (v1::MatchedTerm& term : MatchedTerms(pair, kMaxExplainedTerms))
    *explanation.add_terms() = std::move(term);

  std::array<size_t, kFeatureCount> order{};
  for (size_t i = 0; i < kFeatureCount; ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return pair.scored.contributions[a] > pair.scored.contributions[b];
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
  explanation.set_summary(SummaryOf(explanation, pair.scored));
  return explanation;
}

}  // namespace duijie::matching
