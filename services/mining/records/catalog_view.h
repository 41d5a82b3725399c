// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog's records as demand mining needs them, and as the caller may see them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/mining/peers.h"

namespace duijie::mining {

// One call's view of the catalog. Not thread-safe.
class CatalogView {
 public:
  // Both must outlive this.
  CatalogView(const Peers& peers, const rpc::CallContext& call) : peers_(peers), call_(call) {}

  // NOT_FOUND RECORD_NOT_FOUND unless the caller sees the enterprise in full.
  StatusOr<v1::Enterprise> Enterprise(const std::string& name) const;

  // Published experts that the caller sees, in order of `names`. INVALID_FIELD at "{field}[i]" for others.
  template <typename Names>
  StatusOr<std::vector<v1::Expert>> Experts(const Names& names, const std::string& field) const {
    return ExpertsOf(std::vector<std::string>(names.begin(), names.end()), field);
  }

  // The needs of `names` that the caller sees in full; others are left out.
  StatusOr<std::vector<v1::Need>> Needs(const std::vector<std::string>& names) const;

  // Any records by name, whether the caller may see them or not: to tell enterprises apart, never to be
  // shown. Absent ones are left out.
  StatusOr<std::map<std::string, v1::Enterprise>> AllEnterprises(const std::set<std::string>& names) const;
  StatusOr<std::map<std::string, v1::Need>> AllNeeds(const std::set<std::string>& names) const;

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
  Status ReadAll(const std::set<std::string>& names, const Visit& visit) const;

  const Peers& peers_;
  const rpc::CallContext& call_;
};

// Whether the caller sees this record in full.
bool SeesInFull(const Principal& caller, const v1::Enterprise& enterprise);
bool SeesInFull(const Principal& caller, const v1::Expert& expert);
bool SeesInFull(const Principal& caller, const v1::Need& need);

// Whether a need was ever published, so that it is or was 有效需求.
bool WasValid(const v1::Need& need);

}  // namespace duijie::mining
