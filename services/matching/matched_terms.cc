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
  enum class Kind : uint8_t { kWord, kBigram, kSingle } kind = Kind::kWord;

  // By how much they say to a reader; then the stronger, then the one that the query names first.
  bool operator<(const Credit& other) const {
    return std::tuple(kind, other.share, term) < std::tuple(other.kind, share, other.term);
  }
};

MatchedTerms::MatchedTerms(const TextScorer& texts) : texts_(texts) {
  spellings_.reserve(texts.query().terms.size());
  for (const WeightedTerm& weighted : texts.query().terms) {
    const std::string_view text = weighted.term.text;
    const std::string_view first = FirstCharacter(text);
    const Spelling spelling = {Packed(first), Packed(LastCharacter(text)), first.size() == text.size(),
                               weighted.term.kind == internal::v1::TERM_KIND_BIGRAM};
    const auto term = static_cast<uint32_t>(spellings_.size());
    spellings_.push_back(spelling);
    // A word of one character holds no pair.
    if (weighted.term.kind != internal::v1::TERM_KIND_WORD || spelling.is_single) continue;
    words_.push_back(text);
    beginnings_.emplace_back(spelling.first, term);
    endings_.emplace_back(spelling.last, term);
  }
  std::sort(words_.begin(), words_.end());
  std::sort(beginnings_.begin(), beginnings_.end());
  std::sort(endings_.begin(), endings_.end());
}

// The first matched word with this character; nullptr if there is none.
const MatchedTerms::Character* MatchedTerms::FirstMatched(const std::vector<Character>& words,
                                                          uint32_t character, const Places& matched) {
  auto word = std::lower_bound(words.begin(), words.end(), Character(character, 0));
  for (; word != words.end() && word->first == character; ++word) {
    if (matched[word->second] != 0) return &*word;
  }
  return nullptr;
}

// Who receives the credit of a matched term: the longest matched word that holds the term; for two characters
// that bridge two matched words (吐毒 of 呕吐毒素), the first of these; else the term itself.
size_t MatchedTerms::ReceiverOf(uint32_t term, const Places& matched) const {
  for (const uint32_t holder : texts_.query().terms[term].held_by) {
    if (matched[holder] != 0) return holder;
  }
  const Spelling& spelling = spellings_[term];
  if (!spelling.is_bigram) return term;
  const Character* const ending = FirstMatched(endings_, spelling.first, matched);
  if (ending == nullptr || FirstMatched(beginnings_, spelling.last, matched) == nullptr) return term;
  return ending->second;
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
  Places place(spellings_.size());  // in credits
  for (const TermCount count : counts) {
    parts.push_back(texts_.PartsOf(scale, count));
    for (size_t i = 0; i < kTextFeatureCount; ++i) sums[i] += parts.back()[i];
    Credit& credit = credits.emplace_back(Credit{count.term, 0, {count.title, count.keywords, count.body}});
    if (spellings_[count.term].is_bigram) credit.kind = Credit::Kind::kBigram;
    if (spellings_[count.term].is_single) credit.kind = Credit::Kind::kSingle;
    place[count.term] = static_cast<uint32_t>(credits.size());
  }
  TextParts rates{};  // contribution of a feature per part of it
  for (size_t i = 0; i < kTextFeatureCount; ++i) {
    if (sums[i] > 0) rates[i] = static_cast<double>(scored.contributions[i]) / sums[i];
  }
  for (size_t c = 0; c < parts.size(); ++c) {
    Credit& credit = credits[place[ReceiverOf(counts[c].term, place)] - 1];
    for (size_t i = 0; i < kTextFeatureCount; ++i) credit.share += rates[i] * parts[c][i];
  }
  std::erase_if(credits, [](const Credit& credit) { return credit.share <= 0; });
  return credits;
}

bool MatchedTerms::IsWord(std::string_view term) const {
  return std::binary_search(words_.begin(), words_.end(), term);
}

std::vector<v1::MatchedTerm> MatchedTerms::Of(const internal::v1::Candidate& candidate,
                                              const ScoredFeatures& scored, size_t limit) const {
  std::vector<Credit> credits = CreditsOf(candidate, scored);
  double total = 0;
  for (const Credit& credit : credits) total += credit.share;
  const size_t kept = std::min(credits.size(), limit);
  std::partial_sort(credits.begin(), credits.begin() + static_cast<std::ptrdiff_t>(kept), credits.end());
  credits.resize(kept);
  std::vector<v1::MatchedTerm> terms;
  terms.reserve(credits.size());
  for (const Credit& credit : credits)
    terms.push_back(ToProto(texts_.query(), credit.term, credit.counts, credit.share / total));
  return terms;
}

}  // namespace duijie::matching
