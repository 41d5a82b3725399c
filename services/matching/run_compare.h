// SPDX-License-Identifier: GPL-3.0-or-later
// Two runs of one direction, record by record: which pairs moved, and what each feature did to their scores.
// As with a run's results, each reader is shown what it may see now; a record none of whose pairs it may see
// is not counted either. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "duijie/v1/match_service.pb.h"
#include "services/matching/run_results.h"
#include "services/matching/run_store.h"

namespace duijie::matching {

// A page ends before its last record once this many stored results were looked at, so that runs of many
// results a record give small pages rather than large answers.
inline constexpr size_t kMaxComparedResults = 4'000;

struct RunComparison {
  const internal::v1::StoredRun& base;
  const internal::v1::StoredRun& other;
  std::string record;   // only this one unless ""
  int min_move = 1;     // ranks; pairs that moved by fewer are not listed
  std::string from_id;  // records at or after this id
  size_t limit = 20;    // records
};

struct ComparedPage {
  v1::CompareMatchRunsResponse response;  // without the token
  std::string next_id;                    // of the record to go on with; "" at the end
};

StatusOr<ComparedPage> CompareRuns(const rpc::CallContext& call, const RunStore& store,
                                   const RunResults& results, const RunComparison& comparison);

// One record's results in two runs, each by rank: adds what moved and the counts to `response`, the overlap
// of the first ten to `overlap10`. At least one list must have results. Pure.
void CompareRecord(const std::vector<v1::MatchResult>& base, const std::vector<v1::MatchResult>& other,
                   int min_move, v1::CompareMatchRunsResponse* response, double* overlap10);

}  // namespace duijie::matching
