// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a figure in a need's text is demanded, or only told: needs also state what is so today, how large
// the firm is, what the project costs and what the trade does. In doubt a figure is not a demand, because a
// demand that nobody made would push good achievements down. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "common/indicator/extract.h"

namespace duijie {

inline constexpr size_t kMaxHeadingBytes =
    3'000;  // of the text before a figure that is searched for a heading

enum class DemandText : uint8_t {
  kTitle,
  kDescription,
  kCurrentPractice,  // only clauses that say what is wanted
  kSpecification,    // of the product to replace: all but what is told of today
};

// Rules, in this order: (1) figures without a name, of the firm, its money and output (but what a solution
// may cost or take at most is none of these), of schedules, of what something takes (过滤要6小时), and denied
// ones are none; a figure without a bound is demanded where its own clause wishes, or where it is an item of
// a list of bounds, but not in brackets; (2) the nearest clause of the sentence, from the figure's own
// backwards, that wishes (要求, 希望, 需达到 …), limits (标准改成, 改造后 …) or tells of today (目前, 已,
// 通常 …) decides; baselines of relative figures (比现有) tell nothing; without either, a change with a bound
// (由62%提高到80%以上) is aimed at; (3) the nearest heading decides (预期目标：, 技术指标 …, or 现有基础,
// 投入 …); (4) else bounds in a sentence in the words of specifications (不低于, ≥ …) are demands.
class DemandReader {
 public:
  DemandReader(std::string_view text, DemandText kind);  // the text must outlive this

  // The figures of the text, as a need means them: 克重最多200g/m² and 增重15kg以内 are bounds, and one
  // without a name has that of the figure before, in the same or in the last sentence, whose unit converts
  // (翘曲0.5mm以上。希望控制到0.1mm以内).
  std::vector<indicator::Indicator> Figures() const;

  // Of one of these figures.
  bool IsDemanded(const indicator::Indicator& figure) const;

 private:
  struct Heading {
    size_t at = 0;
    bool demands = false;
  };
  // The last heading before the figure; nullptr if there is none near.
  const Heading* HeadingOf(const indicator::Indicator& figure) const;
  void ReadExtreme(indicator::Indicator* figure) const;
  // `figure` is one of `figures`.
  void NameByContext(const std::vector<indicator::Indicator>& figures, indicator::Indicator* figure) const;

  const std::string_view text_;
  const DemandText kind_;
  std::vector<Heading> headings_;  // by place
};

// The sentence around a stretch: between 。；;！？ and line ends, at most kMaxSentenceBytes (sentences.h) to
// either side.
indicator::TextSpan SentenceAround(std::string_view text, indicator::TextSpan part);

}  // namespace duijie
