// SPDX-License-Identifier: GPL-3.0-or-later
// Whether less of a quantity is better whatever it is told in: 噪声, 平面度, 出水氨氮, 废品率. By words of
// its name; false says nothing.
#pragma once

#include <string_view>

namespace duijie::indicator {

bool IsBetterSmall(std::string_view name);

}  // namespace duijie::indicator
