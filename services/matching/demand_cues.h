// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a figure in a need's text is demanded, or only told: needs also state what is so today, how large
// the firm is, what the project costs and what the trade does. In doubt a figure is not a demand, because a
// demand that nobody made would push good achievements down. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/indicator/extract.h"

namespace duijie::matching {

inline constexpr uint32_t kMaxCueBytes = 6'000;  // of the text before a figure that is searched for a heading

enum class DemandText : uint8_t {
  kTitle,
  kDescription,
  kCurrentPractice,  // only clauses that say what is wanted
  kSpecification,    // of the product to replace: all but what is told of today
};

// Rules, in this order: (1) figures without a name, of the firm, its money and output, of schedules, and
// denied ones are none; (2) the nearest clause of the sentence, from the figure's own backwards, that wishes
// (要求, 希望, 需达到 …) or tells of today (目前, 已, 通常 …) decides; baselines of relative figures (比现有)
// tell nothing; (3) the nearest heading decides (预期目标：, 技术指标 …, or 现有基础, 投入 …); (4) else
// bounds in the words of specifications (不低于, ≥ …) are demands.
bool IsDemanded(std::string_view text, const indicator::Indicator& figure, DemandText kind);

// The sentence around a stretch: between 。；;！？ and line ends.
indicator::TextSpan SentenceAround(std::string_view text, indicator::TextSpan part);

}  // namespace duijie::matching
