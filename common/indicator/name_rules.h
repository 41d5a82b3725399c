// SPDX-License-Identifier: GPL-3.0-or-later
// The words in names that decide whether two names mean the same, as data. Private to common/indicator.
#pragma once

#include <span>
#include <string_view>

namespace duijie::indicator {

// Words that change the quantity: where one name has one, the other must have one of the same row.
std::span<const std::string_view> DecisiveWords();  // each row: words separated by '|'
// Words that change it a little: 平均, 最大.
std::span<const std::string_view> MildWords();
// Words that say nothing about whose quantity it is: 产品, 设备.
std::span<const std::string_view> GeneralWords();
// Ends of unknown names that are quantities (速度, 含量), so that "…速度" aligns by them.
std::span<const std::string_view> GeneralHeads();

}  // namespace duijie::indicator
