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

#include "common/semantics/need_boilerplate.h"
#include "common/text/analyzer.h"
#include "duijie/internal/v1/candidate_service.pb.h"
#include "duijie/internal/v1/ranking_model.pb.h"
#include "services/matching/source_record.h"

namespace duijie::matching {

inline constexpr size_t kMaxBagTerms = 5'000;    // what GetTermStatistics takes
inline constexpr size_t kMaxQueryTerms = 2'000;  // what FindCandidates takes

inline constexpr size_t kTitle = 0;
inline constexpr size_t kKeywords = 1;
inline constexpr size_t kBody = 2;
inline constexpr size_t kFieldCount = 3;
using Counts = std::array<uint32_t, kFieldCount>;

struct BagTerm {
  std::string text;
  internal::v1::TermKind kind = internal::v1::TERM_KIND_UNSPECIFIED;
  Counts counts{};      // occurrences in the source; all 0 for a synonym
  int synonym_of = -1;  // index of the word that this is a synonym of; -1: a term of the source itself
};

struct TermBag {
  // Function words are left out. Of more than kMaxBagTerms terms the ones in the title stay first, then those
  // in keywords, then the most frequent.
  static TermBag Of(const SourceRecord& source, const Analyzer& analyzer);

  std::vector<BagTerm> terms;
};

// 1 + ln((N + 1) / (df + 1)): of bigrams and unigrams; the formula of Candidate.bigram_norm.
double GramIdf(int64_t documents, int64_t document_frequency);
// ln(1 + (N − df + ½) / (df + ½)): of words, as in BM25.
double WordIdf(int64_t documents, int64_t document_frequency);
// 1 + ln tf, tf ≥ 1: weight of a gram's occurrences in a document, as in Candidate.bigram_norm.
double GramFrequency(uint32_t tf);

struct WeightedTerm {
  BagTerm term;
  double idf = 0;                 // of unigrams times √unigram_weight
  double gram = 0;                // weight in ngram_cosine; 0 for words
  double title_gram = 0;          // weight in title_cosine; 0 for words and for what is not in the title
  double word = 0;                // weight in word_bm25; 0 for grams
  double search = 0;              // weight in candidate search, without idf; 0: only counted
  std::vector<uint32_t> held_by;  // words of the source that hold this term's text, longest first
};

// Immutable after Weigh.
struct Query {
  // `statistics.document_frequencies` must be in the order of `bag.terms`. `boilerplate`: for sources that
  // are needs, else nullptr.
  static Query Weigh(TermBag bag, const internal::v1::CollectionStatistics& statistics,
                     const internal::v1::RankingParameters& parameters, const NeedBoilerplate* boilerplate);

  // Terms for FindCandidates and DescribeRecords, in order of `terms`.
  google::protobuf::RepeatedPtrField<internal::v1::QueryTerm> ToProto() const;

  std::vector<WeightedTerm> terms;  // at most kMaxQueryTerms, the weightiest, in order of the bag
  double gram_norm = 0;             // Euclidean, over all grams of the bag
  double title_norm = 0;
  double title_mass = 0;  // Σ idf of the grams in the title
  double word_mass = 0;   // Σ weights of the source's own words
  std::array<double, 2>
      title_mean_square_idf{};           // of the title's bigrams and unigrams: a guess for unknown ones
  std::array<double, 9> mean_lengths{};  // CollectionStatistics.mean_lengths
};

}  // namespace duijie::matching
