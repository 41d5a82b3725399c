// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments of the form "name=text", record ids without their collection, and indicators as people write
// them. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "common/status/status.h"
#include "duijie/v1/common.pb.h"

namespace duijie {

// "ab12" as "needs/ab12"; what is empty or has a collection stays as it is.
std::string NameInCollection(std::string_view collection, const std::string& text);

// USAGE error without "=" or with nothing before it.
StatusOr<std::pair<std::string, std::string>> SplitKeyValue(const std::string& text);

// "首次放电比容量≥210mAh/g@0.1C", "硬度=60～65HRC": name, sign (≥ ≤ > < = ≈), number, unit, condition after
// @. USAGE error without a sign or a number.
StatusOr<v1::Indicator> ParseIndicator(std::string_view text);

}  // namespace duijie
