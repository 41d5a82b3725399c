// SPDX-License-Identifier: GPL-3.0-or-later
// The pairs of a campaign with what its rule says of each, before quotas. Memory: a few hundred bytes a pair,
// without texts. Not thread-safe.
#pragma once

#include <vector>

#include "services/push/campaigns/selection.h"
#include "services/push/campaigns/snapshot_records.h"
#include "services/push/campaigns/subject_source.h"

namespace duijie::push {

class CandidateGatherer {
 public:
  // Both must outlive this. `principal`: who asked for the preview; needs that it may not see in full are
  // passed over without a trace.
  CandidateGatherer(const v1::CampaignRule& rule, const Principal& principal, SnapshotRecords& records)
      : rule_(rule), principal_(principal), records_(records) {}

  Status Add(const SubjectResults& results);
  std::vector<Candidate> Take() { return std::move(candidates_); }

 private:
  struct Subject;
  StatusOr<std::map<std::string, Subject>> SubjectsOf(const SubjectResults& results) const;
  v1::CampaignLineRule Judge(const Subject& subject, const v1::MatchResult& result) const;

  const v1::CampaignRule& rule_;
  const Principal& principal_;
  SnapshotRecords& records_;
  std::vector<Candidate> candidates_;
};

}  // namespace duijie::push
