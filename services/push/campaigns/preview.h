// SPDX-License-Identifier: GPL-3.0-or-later
// Works out the list of a campaign: pairs from matching → what the rule leaves out → quotas → reasons and the
// rules that hold for all pushes → quotas again for the places that became free → lines. Deterministic: the
// same snapshot, rule, day, model and earlier pushes give the same lines and the same digest.
#pragma once

#include <string>
#include <vector>

#include "services/push/campaigns/campaign_store.h"
#include "services/push/campaigns/citations.h"
#include "services/push/delivery/pushes.h"

namespace duijie::push {

inline constexpr size_t kMaxLeftOutLines = 2'000;  // kept of the pairs left out; all are counted
inline constexpr int kMaxSelectionRounds = 100;    // each frees and fills places; two or three are usual

class Previewer {
 public:
  // All must outlive this.
  Previewer(const CampaignStore& store, const Peers& peers, const Pushes& pushes)
      : store_(store), peers_(peers), pushes_(pushes) {}

  // Takes the campaign from PREVIEWING to PREVIEWED. Errors: WRONG_STATE if it is no longer in the preview
  // that it was in when this began; CALLER_GONE if it was stopped (it begins again later); those of the
  // peers and the store.
  Status Run(const internal::v1::StoredCampaign& campaign, Stopper& stopper) const;

 private:
  struct List;
  Status Choose(const internal::v1::StoredCampaign& campaign, CampaignCitations* citations, List* list) const;
  StatusOr<bool> DropKeptBack(const internal::v1::StoredCampaign& campaign,
                              const CampaignCitations& citations, const std::vector<size_t>& chosen,
                              Quotas* quotas, List* list) const;
  StatusOr<std::vector<v1::CampaignLine>> LinesOf(const internal::v1::StoredCampaign& campaign,
                                                  const SnapshotRecords& records,
                                                  const CampaignCitations& citations, const List& list) const;
  Status Store(const internal::v1::StoredCampaign& campaign, std::vector<v1::CampaignLine> lines,
               const List& list, const v1::MatchParameters& parameters) const;

  const CampaignStore& store_;
  const Peers& peers_;
  const Pushes& pushes_;
};

// Which rule of campaigns a push was kept back by; UNSPECIFIED for an error that is not about the push.
v1::CampaignLineRule RuleOf(const Status& kept_back);

// The push of a line.
NewPush PushOfLine(const internal::v1::StoredCampaign& campaign, const v1::CampaignLine& line);

}  // namespace duijie::push
