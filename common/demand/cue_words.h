// SPDX-License-Identifier: GPL-3.0-or-later
// The words by which a need wishes, limits or tells of today. Private to common/demand.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace duijie {

enum class Says : uint8_t {
  kNothing,
  kWish,   // 希望, 要求, 需达到
  kLimit,  // 标准改成, 改造后: figures with a bound are asked for, others not
  kToday,  // 目前, 已, 通常
};

struct CueRow {
  Says says;
  std::string_view words;   // separated by |
  std::string_view unless;  // longer words that hold one of them: 无须 for 须
};

std::span<const CueRow> CueRows();

// Words of a work that is yet to be done: 通过针布改进，使提取率达到80%以上. They limit where the sentence
// tells nothing of today.
std::span<const std::string_view> PlannedWorks();

// What relative figures are measured against (比现有).
std::span<const std::string_view> Baselines();

std::span<const std::string_view> DemandHeadings();  // 技术指标
std::span<const std::string_view> ToldHeadings();    // 工作基础

}  // namespace duijie
