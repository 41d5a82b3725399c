// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/explain.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <tuple>
#include <utility>

#include "common/text/encoding.h"

namespace duijie::matching {
namespace {

constexpr size_t kSummaryTerms = 3;
constexpr int kSummaryRelated = 2;

double Millionths(int64_t number) { return static_cast<double>(number) / kScoreUnit; }

struct Credit {
  size_t term = 0;  // index into the query's terms
  double share = 0;
  Counts counts{};
  bool is_single = false;  // a term of one character
};

// Who receives the credit of matched terms, so that people read words: the longest matched word that holds
// the term; for two characters that bridge two matched words (吐毒 of 呕吐毒素), the first of these; else the
// term itself.
class Receivers {
 public:
  Receivers(const Query& query, const std::vector<uint32_t>& matched, const TermCounts& counts)
      : query_(query), matched_(matched) {
    for (const TermCount count : counts) {
      const size_t i = count.term;
      const BagTerm& term = query.terms[i].term;
      if (term.kind != internal::v1::TERM_KIND_WORD) continue;
      const std::string_view first = FirstCharacter(term.text);
      if (first.size() == term.text.size()) continue;  // a word of one character holds no pair
      ending_with_.emplace_back(LastCharacter(term.text), i);
      beginnings_.push_back(first);
    }
    std::sort(ending_with_.begin(), ending_with_.end());
    std::sort(beginnings_.begin(), beginnings_.end());
  }

  size_t Of(size_t index) const {
    for (const uint32_t holder : query_.terms[index].held_by) {
      if (matched_[holder] != 0) return holder;
    }
    const BagTerm& term = query_.terms[index].term;
    if (term.kind != internal::v1::TERM_KIND_BIGRAM) return index;
    const std::string_view first = FirstCharacter(term.text);
    const auto ending =
        std::lower_bound(ending_with_.begin(), ending_with_.end(), std::pair(first, size_t{0}));
    const bool bridges = ending != ending_with_.end() && ending->first == first &&
                         std::binary_search(beginnings_.begin(), beginnings_.end(), LastCharacter(term.text));
    return bridges ? ending->second : index;
  }

 private:
  static bool Continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }
  static std::string_view FirstCharacter(std::string_view text) {
    size_t end = std::min<size_t>(1, text.size());
    while (end < text.size() && Continues(text[end])) ++end;
    return text.substr(0, end);
  }
  static std::string_view LastCharacter(std::string_view text) {
    size_t begin = text.size();
    while (begin > 0 && Continues(text[--begin])) {
    }
    return text.substr(begin);
  }

  const Query& query_;
  const std::vector<uint32_t>& matched_;                          // by term; 0: not
  std::vector<std::pair<std::string_view, size_t>> ending_with_;  // last character, matched word; sorted
  std::vector<std::string_view> beginnings_;                      // first characters of them; sorted
};

// Words and pairs of characters before single characters, which say little; then the stronger, then the one
// that the query names first.
bool ComesBefore(const Credit& a, const Credit& b) {
  return std::tuple(a.is_single, b.share, a.term) < std::tuple(b.is_single, a.share, b.term);
}

// Credits by receiving term, which is always a matched one; shares not yet scaled to add up to 1.
std::vector<Credit> CreditsOf(const ExplainedPair& pair) {
  const TextScale scale(pair.query, pair.candidate, pair.model);
  const TermCounts counts(pair.candidate);
  std::vector<TextParts> parts;
  parts.reserve(counts.size());
  TextParts sums{};
  std::vector<Credit> credits;
  credits.reserve(counts.size());
  std::vector<uint32_t> place(pair.query.terms.size());  // of a term in credits, from 1; 0: not matched
  for (const TermCount count : counts) {
    parts.push_back(PartsOf(pair.query, scale, count));
    for (size_t i = 0; i < kTextFeatureCount; ++i) sums[i] += parts.back()[i];
    credits.push_back({count.term, 0, {count.title, count.keywords, count.body}});
    place[count.term] = static_cast<uint32_t>(credits.size());
  }
  const Receivers receivers(pair.query, place, counts);
  for (size_t c = 0; c < parts.size(); ++c) {
    Credit& credit = credits[place[receivers.Of(counts[c].term)] - 1];
    for (size_t i = 0; i < kTextFeatureCount; ++i) {
      if (sums[i] > 0)
        credit.share += static_cast<double>(pair.scored.contributions[i]) * parts[c][i] / sums[i];
    }
  }
  std::erase_if(credits, [](const Credit& credit) { return credit.share <= 0; });
  for (Credit& credit : credits)
    credit.is_single = CountCodePoints(pair.query.terms[credit.term].term.text) < 2;
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

std::string SummaryOf(const v1::MatchExplanation& explanation, const ScoredFeatures& scored) {
  std::string summary = TermsClause(explanation) + RelatedClause(explanation);
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

std::vector<v1::MatchedTerm> MatchedTerms(const ExplainedPair& pair, size_t limit) {
  std::vector<Credit> credits = CreditsOf(pair);
  std::sort(credits.begin(), credits.end(), ComesBefore);
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
  if (pair.related != nullptr) {
    for (v1::RelatedTerm& related : pair.related->With(pair.candidate.title()))
      *explanation.add_related_terms() = std::move(related);
  }

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
  if (pair.fit != nullptr) *explanation.mutable_fit() = *pair.fit;
  explanation.set_summary(SummaryOf(explanation, pair.scored));
  return explanation;
}

}  // namespace duijie::matching
