// SPDX-License-Identifier: GPL-3.0-or-later
// Limits of SearchService and CandidateService, as their protos promise them.
#pragma once

#include <chrono>
#include <cstddef>

namespace duijie::search {

inline constexpr size_t kMaxQueryCodePoints = 2'000;
inline constexpr int kDefaultPageSize = 20;
inline constexpr int kMaxPageSize = 200;
inline constexpr int64_t kMaxDepth = 10'000;  // hits that pages reach
inline constexpr int kDefaultSimilar = 10;
inline constexpr int kMaxSimilar = 100;
inline constexpr size_t kMaxPrefixCodePoints = 50;
inline constexpr int kDefaultSuggestions = 10;
inline constexpr int kMaxSuggestions = 20;
inline constexpr size_t kSnippetCodePoints = 200;
inline constexpr unsigned kMaxPairsOfCharacter = 4'000;  // looked at for a character alone, the most frequent
inline constexpr std::chrono::milliseconds kRevisionWait{2'000};

inline constexpr int kMaxQueryTerms = 3'000;  // of FindCandidates and DescribeRecords
inline constexpr int kMaxStatisticsTerms = 5'000;
inline constexpr int kMaxCandidates = 2'000;
inline constexpr int kMaxDescribedNames = 2'000;
inline constexpr int kMaxFeedbackRecords = 100;
inline constexpr int kMaxFeedbackGrams = 1'000;

}  // namespace duijie::search
