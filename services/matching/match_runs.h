// SPDX-License-Identifier: GPL-3.0-or-later
// The use cases of match runs: create, read, list, cancel, delete. Who may see a run: run_access.h; to
// anybody else it does not exist. Thread-safe.
#pragma once

#include <functional>

#include "common/auth/page_token.h"
#include "common/base/clock.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/match_service.pb.h"
#include "services/matching/model.h"
#include "services/matching/peers.h"
#include "services/matching/run_results.h"
#include "services/matching/run_store.h"

namespace duijie::matching {

class MatchRuns {
 public:
  struct Dependencies {
    RunStore& store;
    const ModelSet& models;
    const TaxonomySet& taxonomies;
    const Peers& peers;
    const Clock& clock;
    const PageTokens& tokens;
    int max_active = 100;
    std::function<void()> wake_engine;
  };
  explicit MatchRuns(Dependencies dependencies) : d_(std::move(dependencies)), results_(d_.store, d_.peers) {}

  StatusOr<v1::CreateMatchRunResponse> Create(const rpc::CallContext& call,
                                              const v1::CreateMatchRunRequest& request);
  StatusOr<v1::GetMatchRunResponse> Get(const rpc::CallContext& call,
                                        const v1::GetMatchRunRequest& request) const;
  StatusOr<v1::ListMatchRunsResponse> List(const rpc::CallContext& call,
                                           const v1::ListMatchRunsRequest& request) const;
  StatusOr<v1::CancelMatchRunResponse> Cancel(const rpc::CallContext& call,
                                              const v1::CancelMatchRunRequest& request);
  Status Delete(const rpc::CallContext& call, const v1::DeleteMatchRunRequest& request);
  StatusOr<v1::ListMatchRunResultsResponse> ListResults(const rpc::CallContext& call,
                                                        const v1::ListMatchRunResultsRequest& request) const;
  StatusOr<v1::CompareMatchRunsResponse> Compare(const rpc::CallContext& call,
                                                 const v1::CompareMatchRunsRequest& request) const;

  // Calls `send` with the run now and whenever it changes, at most every kWatchInterval, until it ends, is
  // deleted, `send` returns false, or the caller goes away.
  Status Watch(const rpc::CallContext& call, const std::string& name,
               const std::function<bool(const v1::MatchRun&)>& send) const;

  // For the export: the run if the caller may see it. NOT_FOUND else.
  StatusOr<internal::v1::StoredRun> Visible(const rpc::CallContext& call, const std::string& name) const;
  const RunResults& results() const { return results_; }

 private:
  StatusOr<v1::MatchRun> NewRun(const rpc::CallContext& call, const v1::MatchRun& asked) const;
  StatusOr<int64_t> CurrentRevision(const rpc::CallContext& call) const;

  Dependencies d_;
  RunResults results_;
};

// FAILED_PRECONDITION (RUN_STATE) unless the run has ended with results.
Status CheckHasResults(const internal::v1::StoredRun& run);

// The run as clients see it: with etag and estimates.
v1::MatchRun ToClient(const internal::v1::StoredRun& run);

}  // namespace duijie::matching
