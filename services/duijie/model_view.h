// SPDX-License-Identifier: GPL-3.0-or-later
// Ranking models as a person reads them. Pure.
#pragma once

#include <string>
#include <vector>

#include "duijie/v1/model_service.pb.h"
#include "services/duijie/record_view.h"

namespace duijie {

std::vector<FieldLine> DescribeModel(const v1::ModelCard& model);
Table ModelFeatureTable(const v1::ModelCard& model);
std::vector<Column> ModelColumns();
std::vector<StyledText> ModelRow(const v1::ModelCard& model);

// "0.6612 [0.6240, 0.6950]"
std::string EstimateText(const v1::Estimate& estimate);

}  // namespace duijie
