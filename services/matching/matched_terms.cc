// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/matched_terms.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace duijie::matching {
namespace {

bool Continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::string_view FirstCharacter(std::string_view text) {
  size_t end = std::min<size_t>(1, text.size());
  while (end < text.size() && Continues(text[end])) ++end;
  return text.substr(0, end);
}

std::string_view LastCharacter(std::string_view text) {
  size_t begin = text.size();
  while (begin > 0 && Continues(text[--begin])) {
  }
  return text.substr(begin);
}

uint32_t Packed(std::string_view character) {
  uint32_t bytes = 0;
  for (const char byte : character) bytes = bytes << 8U | static_cast<unsigned char>(byte);
  return bytes;
}

v1::MatchedTerm ToProto(const Query& query, size_t index, const Counts& counts, double share) {
  v1::MatchedTerm out;
  const BagTerm& term = query.terms[index].term;
  if (term.synonym_of >= 0) {
    out.set_term(query.terms[static_cast<size_t>(term.synonym_of)].term.text);
    out.set_met_as(term.text);
  } else {
    out.set_term(term.text);
  }
  out.set_share(share);
  if (counts[kTitle] > 0) out.add_fields("title");
  if (counts[kKeywords] > 0) out.add_fields("keywords");
  if (counts[kBody] > 0) out.add_fields("body");
  return out;
}

}  // namespace

struct MatchedTerms::Credit {
  size_t term = 0;  // index into the query's terms
  double share = 0;
  Counts counts{};
  bool is_single = false;

  // Words and pairs of characters before single characters, which say little; then the stronger, then the one
  // that the query names first.
  bool operator<(const Credit& other) const {
    return std::tuple(is_single, other.share, term) < std::tuple(other.is_single, share, other.term);
  }
};

// Who receives the credit of matched terms: the longest matched word that holds the term; for two characters
// that bridge two matched words (吐毒 of 呕吐毒素), the first of these; else the term itself.
class MatchedTerms::Receivers {
 public:
  // `matched`: by term; 0: not.
  Receivers(const MatchedTerms& terms, const std::vector<uint32_t>& matched, const TermCounts& counts)
      : terms_(terms), matched_(matched) {
    for (const TermCount count : counts) {
      const Spelling& word = terms.spellings_[count.term];
      if (!word.is_word || word.is_single) continue;  // a word of one character holds no pair
      ending_with_.emplace_back(word.last, count.term);
      beginnings_.push_back(word.first);
    }
    std::sort(ending_with_.begin(), ending_with_.end());
    std::sort(beginnings_.begin(), beginnings_.end());
  }

  size_t Of(uint32_t index) const {
    for (const uint32_t holder : terms_.texts_.query().terms[index].held_by) {
      if (matched_[holder] != 0) return holder;
    }
    const Spelling& term = terms_.spellings_[index];
    if (!term.is_bigram) return index;
    const auto ending =
        std::lower_bound(ending_with_.begin(), ending_with_.end(), std::pair(term.first, uint32_t{0}));
    const bool bridges = ending != ending_with_.end() && ending->first == term.first &&
                         std::binary_search(beginnings_.begin(), beginnings_.end(), term.last);
    return bridges ? ending->second : index;
  }

 private:
  const MatchedTerms& terms_;
  const std::vector<uint32_t>& matched_;
  std::vector<std::pair<uint32_t, uint32_t>> ending_with_;  // last character, matched word; sorted
  std::vector<uint32_t> beginnings_;                        // first characters of them; sorted
};

MatchedTerms::MatchedTerms(const TextScorer& texts) : texts_(texts) {
  spellings_.reserve(texts.query().terms.size());
  for (const WeightedTerm& weighted : texts.query().terms) {
    const std::string_view text = weighted.term.text;
    const std::string_view first = FirstCharacter(text);
    spellings_.push_back({Packed(first), Packed(LastCharacter(text)), first.size() == text.size(),
                          weighted.term.kind == internal::v1::TERM_KIND_WORD,
                          weighted.term.kind == internal::v1::TERM_KIND_BIGRAM});
  }
}

// Credits by receiving term, which is always a matched one; shares not yet scaled to add up to 1.
std::vector<MatchedTerms::Credit> MatchedTerms::CreditsOf(const internal::v1::Candidate& candidate,
                                                          const ScoredFeatures& scored) const {
  const TextScale scale(texts_.query(), candidate, texts_.model());
  const TermCounts counts(candidate);
  std::vector<TextParts> parts;
  parts.reserve(counts.size());
  TextParts sums{};
  std::vector<Credit> credits;
  credits.reserve(counts.size());
  std::vector<uint32_t> place(spellings_.size());  // of a term in credits, from 1; 0: not matched
  for (const TermCount count : counts) {
    parts.push_back(texts_.PartsOf(scale, count));
    for (size_t i = 0; i < kTextFeatureCount; ++i) sums[i] += parts.back()[i];
    credits.push_back(
        {count.term, 0, {count.title, count.keywords, count.body}, spellings_[count.term].is_single});
    place[count.term] = static_cast<uint32_t>(credits.size());
  }
  const Receivers receivers(*this, place, counts);
  for (size_t c = 0; c < parts.size(); ++c) {
    Credit& credit = credits[place[receivers.Of(counts[c].term)] - 1];
    for (size_t i = 0; i < kTextFeatureCount; ++i) {
      if (parts[c][i] > 0)
        credit.share += static_cast<double>(scored.contributions[i]) * parts[c][i] / sums[i];
    }
  }
  std::erase_if(credits, [](const Credit& credit) { return credit.share <= 0; });
  return credits;
}

std::vector<v1::MatchedTerm> MatchedTerms::Of(const internal::v1::Candidate& candidate,
                                              const ScoredFeatures& scored, size_t limit) const {
  std::vector<Credit> credits = CreditsOf(candidate, scored);
  std::sort(credits.begin(), credits.end());
  double total = 0;
  for (const Credit& credit : credits) total += credit.share;
  credits.resize(std::min(credits.size(), limit));
  std::vector<v1::MatchedTerm> terms;
  terms.reserve(credits.size());
  for (const Credit& credit : credits)
    terms.push_back(ToProto(texts_.query(), credit.term, credit.counts, credit.share / total));
  return terms;
}

}  // namespace duijie::matching
