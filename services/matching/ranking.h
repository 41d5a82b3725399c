// SPDX-License-Identifier: GPL-3.0-or-later
// Scores candidates and puts them in order. Pure: the same candidates in any order give the same results.
#pragma once

#include <vector>

#include "duijie/v1/match.pb.h"
#include "services/matching/explain.h"

namespace duijie::matching {

struct RankingInput {
  const SourceRecord& source;
  const Query& query;
  const RankingModel& model;
  const TaxonomySet& taxonomies;
  const v1::MatchParameters& parameters;  // complete
  const google::protobuf::RepeatedPtrField<internal::v1::Candidate>& candidates;
  size_t limit = 0;  // results at most
  bool explain = true;
};

// Best first: by violation policy, then falling score, then the counterpart's name. Drops what min_score,
// only_jing_jin_to_ji and the policy exclude. Candidates with counts of unknown terms are refused: INTERNAL.
StatusOr<std::vector<v1::MatchResult>> Rank(const RankingInput& input);

}  // namespace duijie::matching
