// SPDX-License-Identifier: GPL-3.0-or-later
// The needs or enterprises of a campaign with the achievements that matching ranks for each. Needs go through
// a match run of the previewer's own on the snapshot, so the same snapshot gives the same results months
// later; enterprises are matched one by one as needs made of their profiles, against the index as it is now.
// Not thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/push/campaigns/campaign_store.h"
#include "services/push/campaigns/engine_call.h"
#include "services/push/peers.h"

namespace duijie::push {

using SubjectResults = std::vector<v1::MatchResult>;

class SubjectSource {
 public:
  // Results of one or more whole subjects, each best first. In results for enterprises `need` holds the
  // name of the enterprise.
  using Visit = std::function<Status(const SubjectResults&)>;

  virtual ~SubjectSource() = default;

  // Calls `visit` until all subjects were visited or it fails.
  virtual Status ForEach(const Visit& visit) = 0;
  // Of one subject, once more; best first. Empty if it cannot be seen any more.
  virtual StatusOr<SubjectResults> ResultsOf(const std::string& subject) = 0;
  // What pairs were scored with; complete after ForEach.
  virtual const v1::MatchParameters& parameters() const = 0;
  // Gives back what it took.
  virtual void Close() = 0;
};

// All must outlive the source. Progress goes to `store` while it works; errors: those of the peers,
// RECORD_NOT_FOUND if the run was deleted, RUN_STATE if it failed, CALLER_GONE if `stopper` says so,
// WRONG_STATE if the campaign is no longer in this preview.
struct SourceParts {
  const CampaignStore& store;
  const Peers& peers;
  Stopper& stopper;
};
std::unique_ptr<SubjectSource> NewNeedSource(const SourceParts& parts,
                                             const internal::v1::StoredCampaign& campaign);
std::unique_ptr<SubjectSource> NewEnterpriseSource(const SourceParts& parts,
                                                   const internal::v1::StoredCampaign& campaign);

// Stores a change of a preview under way. WRONG_STATE if the campaign is no longer in it.
Status UpdatePreview(const CampaignStore& store, const internal::v1::StoredCampaign& campaign,
                     const std::function<void(internal::v1::StoredCampaign*)>& change);

// The rule's filters with its states and, for 京津→冀, regions.
v1::RecordFilter SubjectFilterOf(const v1::CampaignRule& rule);
v1::RecordFilter AchievementFilterOf(const v1::CampaignRule& rule);

// A need that says what the enterprise makes and does; none if its profile says nothing.
std::optional<v1::Need> NeedOfProfile(const v1::Enterprise& enterprise);

}  // namespace duijie::push
