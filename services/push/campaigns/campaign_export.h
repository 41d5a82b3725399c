// SPDX-License-Identifier: GPL-3.0-or-later
// 分园区推送清单: a campaign's list as an Excel workbook — a summary, a sheet per park, what was left out,
// and the parameters. Lines are read page by page as the caller may see them now and written straight to the
// file, so memory does not grow with the list.
#pragma once

#include <functional>
#include <string>

#include "services/push/campaigns/campaigns.h"

namespace duijie::push {

struct CampaignExport {
  const Campaigns& campaigns;
  const internal::v1::StoredCampaign& campaign;
  std::function<std::string(const std::string& code)> park_name;
  std::string path;         // of the file to make
  std::string temp_folder;  // for the writer's own temporary files
};

// FAILED_PRECONDITION WRONG_STATE if there is no list. Else those of the writer and the catalog.
Status ExportCampaign(const rpc::CallContext& call, const CampaignExport& job);

}  // namespace duijie::push
