// SPDX-License-Identifier: GPL-3.0-or-later
// Scores candidates and puts them in order. Pure: the same candidates in any order give the same results.
#pragma once

#include <string>
#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/matching/explain.h"
#include "services/matching/pair_fits.h"

namespace duijie::matching {

struct RankingInput {
  const SourceRecord& source;
  const Query& query;
  const RankingModel& model;
  const TaxonomySet& taxonomies;
  const v1::MatchParameters& parameters;  // complete
  const google::protobuf::RepeatedPtrField<internal::v1::Candidate>& candidates;
  size_t limit = 0;  // results at most
  v1::MatchView view = v1::MATCH_VIEW_FULL;
  const PairFits* fits = nullptr;         // without it indicators are not judged
  const RelatedTerms* related = nullptr;  // without it explanations name none
};

inline constexpr size_t kFittedPairs = 20;  // whose indicators are judged, however few are returned

// Best first: by violation policy, then falling score, then the counterpart's name. Drops what min_score,
// min_level, only_jing_jin_to_ji and the policy exclude. Candidates with counts of unknown terms are refused:
// INTERNAL.
//
// Indicators are judged of the first kFittedPairs and of the first `limit` that reach min_level, in the order
// without indicators; and of all that are returned. Then the order is by the whole score. Errors of reading
// texts are passed on.
//
// Where the model gives levels, they never rise along those that violate no constraint, nor along those that
// do (see BestLevels); limit, min_score and min_level drop pairs after that.
StatusOr<std::vector<v1::MatchResult>> Rank(const RankingInput& input);

// The features of a pair as models learn from them: text features before their curve, facts as they are.
struct PairFeatures {
  std::string counterpart;  // resource name
  FeatureValues raw{};
  Closeness close;
};

// Of such features: the score, and what levels are made from, but for closeness.
struct ScoredPair {
  ScoredFeatures features;
  LevelEvidence evidence;
};
ScoredPair ScoreRaw(const FeatureValues& raw, const RankingModel& model);

// Of every candidate, in their order, indicators judged where `fits` is given. Errors as Rank.
StatusOr<std::vector<PairFeatures>> FeaturesOf(const RankingInput& input);

}  // namespace duijie::matching
