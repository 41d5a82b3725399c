// SPDX-License-Identifier: GPL-3.0-or-later
// The record that a match starts from, as a weighted bag of terms: words with their synonyms, bigrams and
// unigrams, each with its counts by field. Two steps, because weights need the statistics of the collection
// that is searched: TermBag::Of, then (statistics fetched) Query::Weigh. Pure; deterministic: order is that
// of first occurrence.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "common/semantics/gram_weights.h"
#include "common/semantics/need_boilerplate.h"
#include "common/text/analyzer.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "duijie/internal/v1/ranking_model.pb.h"
#include "services/matching/source_record.h"

namespace duijie::matching {

inline constexpr size_t kMaxBagTerms = 5'000;    // what GetTermStatistics takes
inline constexpr size_t kMaxQueryTerms = 3'000;  // what FindCandidates takes
inline constexpr double kDefaultSearchDecay = 60;

inline constexpr size_t kTitle = 0;
inline constexpr size_t kKeywords = 1;
inline constexpr size_t kBody = 2;
inline constexpr size_t kFieldCount = 3;
using Counts = std::array<uint32_t, kFieldCount>;

struct BagTerm {
  std::string text;
  internal::v1::TermKind kind = internal::v1::TERM_KIND_UNSPECIFIED;
  Counts counts{};            // occurrences in the source; all 0 for a synonym
  int synonym_of = -1;        // index of the word that this is a synonym of; -1: a term of the source itself
  double early = 0;           // Σ 1 / (1 + position / search_decay) over its occurrences in the body
  bool is_expansion = false;  // not of the source; only candidate search uses it
};

// A term of the thesaurus that goes with the source's words.
struct Expansion {
  size_t word = 0;                                 // index into the bag
  double weight = 0;                               // of all expansions, relative
  std::vector<std::pair<size_t, uint32_t>> grams;  // index into the bag, occurrences in the term
};

struct TermBag {
  // Function words are left out. Of more than kMaxBagTerms terms the ones in the title stay first, then those
  // in keywords, then the most frequent.
  static TermBag Of(const SourceRecord& source, const Analyzer& analyzer,
                    double search_decay = kDefaultSearchDecay);

  std::vector<BagTerm> terms;
  std::vector<Expansion> expansions;  // see query_expansion.h
  std::string meaning;                // of the source, see common/semantics/meaning.h
  std::string title_meaning;          // of its title alone
};

// ln(1 + (N − df + ½) / (df + ½)): of words, as in BM25.
double WordIdf(int64_t documents, int64_t document_frequency);
// How rare a word is among needs: the geometric mean over its pairs of characters.
double WordRarity(const NeedBoilerplate& boilerplate, std::string_view word);

struct WeightedTerm {
  BagTerm term;
  double idf = 0;                 // of unigrams times √unigram_weight
  double rarity = 1;              // of a need's term among needs, see NeedBoilerplate; else 1
  double gram = 0;                // weight in ngram_cosine; 0 for words
  double title_gram = 0;          // weight in title_cosine; 0 for words and for what is not in the title
  double word = 0;                // weight in word_bm25; 0 for grams
  double search = 0;              // weight in the first step of candidate search, without idf; 0: not used
  double cosine = 0;              // weight in its second step; 0 for words
  std::vector<uint32_t> held_by;  // words of the source that hold this term's text, longest first
};

// Immutable after Weigh.
struct Query {
  // `statistics.document_frequencies` must be in the order of `bag.terms`. `boilerplate`: for sources that
  // are needs, else nullptr.
  static Query Weigh(const TermBag& bag, const internal::v1::CollectionStatistics& statistics,
                     const internal::v1::RankingParameters& parameters, const NeedBoilerplate* boilerplate);

  // Adds the terms for FindCandidates and DescribeRecords, in order of `terms`.
  void AddTo(google::protobuf::RepeatedPtrField<internal::v1::QueryTerm>* out) const;

  std::vector<WeightedTerm> terms;  // at most kMaxQueryTerms, the weightiest, in order of the bag
  double gram_norm = 0;             // Euclidean, over all grams of the bag
  double title_norm = 0;
  double title_mass = 0;  // Σ idf of the grams in the title
  double word_mass = 0;   // Σ weights of the source's own words
  std::array<double, 2>
      title_mean_square_idf{};           // of the title's bigrams and unigrams: a guess for unknown ones
  std::array<double, 9> mean_lengths{};  // CollectionStatistics.mean_lengths
  std::string meaning;
  std::string title_meaning;
};

}  // namespace duijie::matching
