// SPDX-License-Identifier: GPL-3.0-or-later
// Results of a run as a caller may see them now: a pair is shown only while both records exist, are in a
// state that the run asked for (default PUBLISHED), and are visible to the caller, masked or in full. A
// record withdrawn or made confidential since the run is shown to nobody who may not see it today.
// Thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/auth/principal.h"
#include "services/matching/peers.h"
#include "services/matching/run_store.h"

namespace duijie::matching {

inline constexpr size_t kMaxResultsPerRead =
    1'000;  // so that both records of each fit one call to the catalog

// Where to go on: the record and the number of its results already looked at.
struct ResultPosition {
  std::string record_id;
  uint32_t offset = 0;

  std::string Encode() const;
  static StatusOr<ResultPosition> Decode(std::string_view bytes);
};

struct ResultPage {
  std::vector<v1::MatchResult> results;  // may be fewer than asked, even none, before the end
  ResultPosition next;
  bool done = false;
};

class RunResults {
 public:
  RunResults(const RunStore& store, const Peers& peers) : store_(store), peers_(peers) {}

  // Looks at `limit` (1 to kMaxResultsPerRead) stored results from `from`; only of `record` (a resource name)
  // unless "".
  StatusOr<ResultPage> Read(const rpc::CallContext& call, const internal::v1::StoredRun& run,
                            std::string_view record, const ResultPosition& from, size_t limit) const;

  // Removes from results of `run` what the caller may not see now.
  Status DropUnseen(const rpc::CallContext& call, const internal::v1::StoredRun& run,
                    std::vector<v1::MatchResult>* results) const;

 private:
  const RunStore& store_;
  const Peers& peers_;
};

}  // namespace duijie::matching
