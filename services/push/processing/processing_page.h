// SPDX-License-Identifier: GPL-3.0-or-later
// 成果二次加工单: a processing as a printable page, before and after. Pure.
#pragma once

#include <string>
#include <vector>

#include "duijie/v1/processing.pb.h"

namespace duijie::push {

std::string ProcessingPage(const v1::Processing& processing, const std::vector<v1::FieldDiff>& diffs);

const char* ProcessingStateName(v1::ProcessingState state);

}  // namespace duijie::push
