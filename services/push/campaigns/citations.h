// SPDX-License-Identifier: GPL-3.0-or-later
// Reasons and titles of the pairs that a campaign proposes, worked out once each. Memory: a few KiB a pair
// proposed. Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/push/campaigns/selection.h"
#include "services/push/campaigns/snapshot_records.h"
#include "services/push/campaigns/subject_source.h"

namespace duijie::push {

using PairName = std::pair<std::string, std::string>;  // subject, achievement

class CampaignCitations {
 public:
  // All must outlive this.
  CampaignCitations(const v1::CampaignRule& rule, const SnapshotRecords& records, SubjectSource& source,
                    const Stopper& stopper)
      : rule_(rule), records_(records), source_(source), stopper_(stopper) {}

  // Makes the reasons of those that have none yet; the indices of the pairs for which nothing can be cited
  // come back.
  StatusOr<std::vector<size_t>> Cite(const std::vector<Candidate>& candidates,
                                     const std::vector<size_t>& chosen);

  const v1::PushReasons& ReasonsOf(const Candidate& candidate) const;

 private:
  Status CiteSubject(const std::vector<Candidate>& candidates, const std::vector<size_t>& of_subject);

  const v1::CampaignRule& rule_;
  const SnapshotRecords& records_;
  SubjectSource& source_;
  const Stopper& stopper_;
  std::map<PairName, v1::PushReasons> reasons_;
};

// "本成果获奖（…）…，按活动规则加分5%（得分0.62，计0.651）", at most what a remark may hold.
std::string BonusRemark(const v1::Achievement& achievement, const v1::CampaignRule& rule,
                        const Candidate& candidate);

}  // namespace duijie::push
