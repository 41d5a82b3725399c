// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases behind CandidateService on one index (live or snapshot): pure functions of a commit and a
// request, safe on any thread.
//
// Candidate search. score(d) = Σ weight(t) · BM25(t, d) over the kCandidateTerms terms of highest weight(t) ·
// idf(t), ties by kind and text. Words are looked for in all texts, bigrams in title and keywords; unigrams
// are counted but never searched. idf is BM25's own, so weights should not hold one already. Ties of score
// are broken by name; with exact statistics the result depends on the documents alone, not on how they came
// into the index.
//
// Document frequencies: of a word, documents that have it in any text, searched-only texts included
// (indexed_record.h); of a bigram or unigram, documents that have it in a counted text.
#pragma once

#include "duijie/internal/v1/candidate_service.pb.h"
#include "services/search/readable_index.h"

namespace duijie::search {

inline constexpr size_t kCandidateTerms = 40;

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
