// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases behind CandidateService on one index (live or snapshot): pure functions of a commit and a
// request, safe on any thread.
//
// Candidate search, first step. score(d) = Σ weight(t) · BM25(t, d) over the terms of highest weight(t) ·
// idf(t), ties by kind and text: as many as kMaxPostings lets it read, at least kFewestTerms, at most
// kMostTerms. Words are looked for in all texts, bigrams in title and keywords; unigrams
// are counted but never searched. idf is BM25's own, so weights should not hold one already. Ties of score
// are broken by name; with exact statistics the result depends on the documents alone, not on how they came
// into the index. Second step, if asked for: cosine_search.h, over as many of the best as kMaxScoredGrams
// allows, so that a large collection of long texts takes no longer than a small one. Of records that have
// fewer grams than kFewGrams in the mean more are scored: the first step tells titles apart badly.
//
// Document frequencies: of a word, documents that have it in any text, searched-only texts included
// (indexed_record.h); of a bigram or unigram, documents that have it in a counted text.
#pragma once

#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/search/readable_index.h"

namespace duijie::search {

inline constexpr int64_t kMaxPostings = 20'000;  // document frequencies of the terms of the first step, added
inline constexpr size_t kFewestTerms = 16;
inline constexpr size_t kMostTerms = 200;
inline constexpr double kMaxScoredGrams = 60'000;  // grams of the records of the second step, added
inline constexpr double kFewGrams = 40;            // of a record; a title of twenty characters has as many
inline constexpr size_t kMostScored = 4'000;

// INVALID_ARGUMENT with the field at fault.
Status ValidateFindCandidates(const internal::v1::FindCandidatesRequest& request);
Status ValidateDescribeRecords(const internal::v1::DescribeRecordsRequest& request);
Status ValidateGetTermStatistics(const internal::v1::GetTermStatisticsRequest& request);

// Requires a valid request. DATA_LOSS if what the index keeps of a document is damaged.
StatusOr<internal::v1::FindCandidatesResponse> FindCandidates(
    ReadableIndex& index, const internal::v1::FindCandidatesRequest& request);
StatusOr<internal::v1::DescribeRecordsResponse> DescribeRecords(
    ReadableIndex& index, const internal::v1::DescribeRecordsRequest& request);
StatusOr<internal::v1::GetTermStatisticsResponse> GetTermStatistics(
    ReadableIndex& index, const internal::v1::GetTermStatisticsRequest& request);

}  // namespace duijie::search
