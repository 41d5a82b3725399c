// SPDX-License-Identifier: GPL-3.0-or-later
// Pushes as a person reads them. Pure; texts are returned raw, the output neutralises them.
#pragma once

#include <vector>

#include "duijie/v1/push_service.pb.h"
#include "services/duijie/record_view.h"

namespace duijie {

std::vector<FieldLine> DescribePush(const v1::Push& push);
std::vector<Column> PushColumns();
std::vector<StyledText> PushRow(const v1::Push& push);

std::vector<FieldLine> DescribePushPreferences(const v1::PushPreferences& preferences);
std::vector<FieldLine> DescribePushSettings(const v1::PushSettings& settings);

// "2026-01-05 12:30 送达 pushes/ab12 已推 …".
std::string PushEventText(const v1::PushEvent& event);

}  // namespace duijie
