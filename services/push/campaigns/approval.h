// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the pushes of an approved campaign, a batch of lines at a time. A batch is one commit: its pushes,
// what became of its lines, and how far the campaign has come. A crash between batches loses nothing and
// repeats nothing. Thread-safe.
#pragma once

#include "services/push/campaigns/campaign_store.h"
#include "services/push/campaigns/engine_call.h"
#include "services/push/delivery/pushes.h"

namespace duijie::push {

inline constexpr size_t kLinesPerApproval = 50;  // of one commit

class Approver {
 public:
  // Both must outlive this.
  Approver(const CampaignStore& store, Pushes& pushes) : store_(store), pushes_(pushes) {}

  // Takes the campaign from APPROVING to DONE. OK also if it was cancelled meanwhile. Errors: CALLER_GONE if
  // it was stopped; those of the peers and the store.
  Status Run(const std::string& name, const Stopper& stopper) const;

  // One batch; true when nothing is left to do.
  StatusOr<bool> Step(const std::string& name) const;

 private:
  StatusOr<Pushes::Also> Record(const internal::v1::StoredCampaign& campaign,
                                std::vector<v1::CampaignLine> lines, int approved_to, bool last,
                                const std::vector<PushOutcome>& outcomes) const;

  const CampaignStore& store_;
  Pushes& pushes_;
};

}  // namespace duijie::push
