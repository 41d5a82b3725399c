// SPDX-License-Identifier: GPL-3.0-or-later
// Campaigns, their lines and standing push as a person reads them. Pure.
#pragma once

#include <vector>

#include "duijie/v1/campaign.pb.h"
#include "duijie/v1/standing.pb.h"
#include "services/duijie/progress_bar.h"
#include "services/duijie/record_view.h"

namespace duijie {

bool IsWorkedOn(v1::CampaignState state);
ProgressState CampaignProgress(const v1::Campaign& campaign);

std::vector<FieldLine> DescribeCampaign(const v1::Campaign& campaign);
std::vector<Column> CampaignColumns();
std::vector<StyledText> CampaignRow(const v1::Campaign& campaign);

std::vector<Column> CampaignLineColumns();
std::vector<StyledText> CampaignLineRow(const v1::CampaignLine& line);

std::vector<FieldLine> DescribeStandingSettings(const v1::StandingSettings& settings);
Table StandingTable(const v1::StandingStatus& status);

}  // namespace duijie
