// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a query that a counterpart meets, each with what it gave to the score. What a bigram or
// character gave goes to the longest matched word of the source that holds it, or that it begins in, so that
// people read words. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/matching/text_features.h"

namespace duijie::matching {

// For many counterparts of one query. Thread-safe.
class MatchedTerms {
 public:
  // `texts` and what it was made of must outlive this.
  explicit MatchedTerms(const TextScorer& texts);

  // The `limit` strongest of all matched terms, each with its share of the text part of the score, strongest
  // first, two characters that are no word after words, single characters last; shares add up to 1 (or there
  // is no term).
  std::vector<v1::MatchedTerm> Of(const internal::v1::Candidate& candidate, const ScoredFeatures& scored,
                                  size_t limit) const;

  // Whether a term of these is a word of several characters, and no two that bridge words (于目 of 低于目前).
  bool IsWord(std::string_view term) const;

 private:
  // How a term is written, close together; characters as their bytes in UTF-8.
  struct Spelling {
    uint32_t first = 0;
    uint32_t last = 0;
    bool is_single = false;  // of one character
    bool is_bigram = false;
  };
  using Character = std::pair<uint32_t, uint32_t>;  // of a word, and which word

  // Places of terms in a list, from 1; 0: not matched.
  using Places = std::vector<uint32_t>;
  struct Credit;
  std::vector<Credit> CreditsOf(const internal::v1::Candidate& candidate, const ScoredFeatures& scored) const;
  size_t ReceiverOf(uint32_t term, const Places& matched) const;
  static const Character* FirstMatched(const std::vector<Character>& words, uint32_t character,
                                       const Places& matched);

  const TextScorer& texts_;
  std::vector<Spelling> spellings_;  // by term of the query
  // Of words of several characters, sorted.
  std::vector<std::string_view> words_;
  std::vector<Character> beginnings_;
  std::vector<Character> endings_;
};

}  // namespace duijie::matching
