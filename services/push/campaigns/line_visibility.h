// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller may see of lines today, whatever held when they were made.
#pragma once

#include <vector>

#include "duijie/v1/campaign.pb.h"
#include "services/push/peers.h"

namespace duijie::push {

// Takes out lines whose need (or else enterprise) the caller does not see in full today, or which is gone;
// blanks what an achievement says that he may not see.
Status HideUnseen(const rpc::CallContext& call, const Peers& peers, std::vector<v1::CampaignLine>* lines);

}  // namespace duijie::push
