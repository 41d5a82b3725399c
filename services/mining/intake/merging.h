// SPDX-License-Identifier: GPL-3.0-or-later
// One need instead of several: likely duplicates of a draft or need, and the merge of two needs. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/resources/role_store.h"
#include "common/text/analyzer.h"
#include "duijie/v1/intake_service.pb.h"
#include "services/mining/intake/drafts.h"
#include "services/mining/mining_role.h"

namespace duijie::mining {

inline constexpr double kSameEnterpriseBonus = 0.2;
inline constexpr double kLeastDuplicateScore = 0.35;
inline constexpr int kMostDuplicates = 50;
inline constexpr int kMaxJoinedProvenances = 10;  // of a need; see need.proto

class Merging {
 public:
  // `drafts` must outlive this.
  Merging(std::shared_ptr<MiningRole> role, std::shared_ptr<const Analyzer> analyzer, const Drafts& drafts);

  StatusOr<v1::FindDuplicateNeedsResponse> FindDuplicates(const rpc::CallContext& call,
                                                          const v1::FindDuplicateNeedsRequest& request) const;

  // In steps that may all be repeated: the plan is stored; the merged need gives its sources up; the kept
  // need takes them and the tier; the merged need is closed; the plan is marked as done.
  StatusOr<v1::MergeNeedsResponse> Merge(const rpc::CallContext& call,
                                         const v1::MergeNeedsRequest& request) const;

 private:
  struct Subject {
    std::string name;  // of a need; "" for a draft
    std::string title;
    std::string text;
    std::string enterprise;
    std::string credit_code;
  };
  StatusOr<Subject> SubjectOf(const rpc::CallContext& call, const std::string& name) const;
  StatusOr<std::string> CreditCodeOf(const rpc::CallContext& call, const std::string& enterprise) const;
  StatusOr<std::vector<std::string>> Candidates(const rpc::CallContext& call, const Subject& subject) const;
  StatusOr<v1::NeedMerge> Plan(const rpc::CallContext& call, const v1::MergeNeedsRequest& request) const;
  Status GiveUpSources(const rpc::CallContext& call, const v1::NeedMerge& merge) const;
  Status TakeSources(const rpc::CallContext& call, const v1::NeedMerge& merge) const;
  Status Close(const rpc::CallContext& call, const v1::NeedMerge& merge) const;

  const std::shared_ptr<MiningRole> role_;
  const std::shared_ptr<const Analyzer> analyzer_;
  const Drafts& drafts_;
  const ResourceTable<v1::NeedMerge> table_;
};

// Cosine of the counts of pairs of characters, 0 to 1. Pure.
double TextSimilarity(const Analyzer& analyzer, std::string_view a, std::string_view b);

// The stricter of two tiers; unset counts as ANONYMOUS. Pure.
v1::ConfidentialityTier StricterTier(v1::ConfidentialityTier a, v1::ConfidentialityTier b);

}  // namespace duijie::mining
