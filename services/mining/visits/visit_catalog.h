// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog's records as visits need them, and as the caller may see them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "duijie/v1/push_service.pb.h"
#include "services/mining/peers.h"
#include "services/mining/visits/visit_facts.h"
#include "services/mining/visits/visit_planner.h"

namespace duijie::mining {

// One call's view of the catalog. Not thread-safe.
class VisitCatalog {
 public:
  // Both must outlive this.
  VisitCatalog(const Peers& peers, const rpc::CallContext& call) : peers_(peers), call_(call) {}

  // NOT_FOUND RECORD_NOT_FOUND unless the caller sees the enterprise in full.
  StatusOr<v1::Enterprise> Enterprise(const std::string& name) const;

  // Published experts that the caller sees, in order of `names`. INVALID_FIELD at "{field}[i]" for others.
  template <typename Names>
  StatusOr<std::vector<v1::Expert>> Experts(const Names& names, const std::string& field) const {
    return ExpertsOf(std::vector<std::string>(names.begin(), names.end()), field);
  }

  // The needs of `names` that the caller sees in full; others are left out.
  StatusOr<std::vector<v1::Need>> Needs(const std::vector<std::string>& names) const;

  // Calls `visit` with every record of a collection that passes the filter, in order of id, of one revision
  // (0 = now), and returns that revision. RESOURCE_EXHAUSTED TOO_LARGE after `most` records.
  using Visit = std::function<void(const internal::v1::Record&)>;
  StatusOr<int64_t> ForEach(v1::Collection collection, const v1::RecordFilter& filter, int64_t revision,
                            size_t most, const Visit& visit) const;

  const rpc::CallContext& call() const { return call_; }

 private:
  StatusOr<std::vector<v1::Expert>> ExpertsOf(const std::vector<std::string>& names,
                                              const std::string& field) const;
  StatusOr<internal::v1::ReadRecordsResponse> Read(const std::vector<std::string>& names) const;

  const Peers& peers_;
  const rpc::CallContext& call_;
};

// Whether the caller sees this record in full.
bool SeesInFull(const Principal& caller, const v1::Enterprise& enterprise);
bool SeesInFull(const Principal& caller, const v1::Expert& expert);
bool SeesInFull(const Principal& caller, const v1::Need& need);

// Whether a need was ever published, so that it is or was 有效需求.
bool WasValid(const v1::Need& need);

// Counts the pushes that enterprises of `input` welcomed, as the caller may see them; none without a peer.
// RESOURCE_EXHAUSTED TOO_LARGE after 100,000 pushes.
Status CountWelcomedPushes(const rpc::PeerCall<v1::ListPushesRequest, v1::ListPushesResponse>& list_pushes,
                           const rpc::CallContext& call, PlanningInput* input);

// Everything of the catalog that a plan's proposal depends on; `standing` and as_of are left to the caller.
// `last_visits`: the day of the latest held visit by enterprise.
StatusOr<PlanningInput> GatherPlanningFacts(const VisitCatalog& catalog, const v1::VisitPlan& plan,
                                            const std::map<std::string, Day>& last_visits);

}  // namespace duijie::mining
