// SPDX-License-Identifier: GPL-3.0-or-later
// The sentences that explain a judgement, in Chinese. Private to common/indicator.
#pragma once

#include <string>
#include <string_view>

#include "common/indicator/compare.h"

namespace duijie::indicator {

std::string SilenceText(const Indicator& wanted);
std::string AbsentText(const Indicator& wanted);
// Units that do not convert, or a relative figure beside an absolute one.
std::string UnanswerableText(const Indicator& wanted, const Indicator& stated, bool relative_differs);
// How the change was worked out: "由 36 降至 28 kWh/t，降低 22.2 %".
std::string DerivedText(const Indicator& stated, const Indicator& change);
// `note`: what lessens the statement; may be empty.
std::string ReasonText(const Indicator& wanted, const Judgement& judgement, std::string_view note);

}  // namespace duijie::indicator
