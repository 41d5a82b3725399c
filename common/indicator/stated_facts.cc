// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/stated_facts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/holds.h"
#include "common/indicator/name_words.h"

namespace duijie::indicator {
std::string_view Part(std::string_view text, TextSpan span) {
  const size_t begin = std::min<size_t>(span.begin, text.size());
  return text.substr(begin, span.end > begin ? span.end - begin : 0);
}

namespace {

// Whether the clause says behind the figure that something works there.
bool WorksBehind(std::string_view text, const Indicator& indicator) {
  const TextSpan clause = ClauseOf(text, indicator.whole);
  const std::string_view behind = Part(text, {indicator.value_span.end, clause.end});
  for (const std::string_view word : {"工作", "使用", "运行", "环境", "服役", "稳定", "可靠"}) {
    if (behind.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// 控制器可在-40℃至80℃环境工作: a range behind a name that is no quantity.
bool IsThing(std::string_view text, const Indicator& indicator, const PreparedName& name) {
  const bool range = indicator.comparator == Comparator::kBetween ||
                     indicator.comparator == Comparator::kAtLeast ||
                     indicator.comparator == Comparator::kAtMost;
  return range && WorksBehind(text, indicator) && name.group == 0 && GeneralHeadLength(name.cleaned) == 0;
}

// Temperatures, times and cycles: what a thing is put through.
bool IsTrialUnit(const Indicator& figure) {
  const auto unit = ParseUnit(figure.unit);
  if (!unit) return false;
  for (const std::string_view of : {"℃", "s", "次"}) {
    if (Convertible(*unit, *ParseUnit(of))) return true;
  }
  return false;
}

// What the figures of a sentence are of so far.
struct LastThings {
  TextSpan sentence;
  std::vector<uint8_t> things;
};

// 有机肥有机质45%，总养分5%: the second figure is of the same thing, unless it says of what.
void InheritThings(std::string_view text, const Indicator& indicator, LastThings* last, PreparedName* name) {
  // Each sentence is looked for once, so that a text without marks is not gone through for every figure.
  if (last->sentence.empty() || indicator.whole.begin >= last->sentence.end)
    *last = {SentenceOf(text, indicator.whole), {}};
  if (name->things.empty()) {
    name->things = last->things;
  } else {
    last->things = name->things;
  }
}

}  // namespace

namespace {

// 与硫化时间为7.5min的传统配方相比: the figure is of what one's own is compared with.
bool IsComparedWith(std::string_view clause, size_t value) {
  const size_t compared = std::min(clause.find("相比"), clause.find("相较"));
  if (compared == std::string_view::npos || compared < value) return false;
  for (const std::string_view with : {"与", "和", "同", "跟"}) {
    if (clause.starts_with(with)) return true;
  }
  return false;
}

// 普通冷库贮藏180天，损耗率为11.5%: a clause before says that the sentence is of another product, none since
// that it is of one's own.
bool IsSaidOfOther(std::string_view text, TextSpan clause) {
  constexpr int kMaxClauses = 4;
  for (int i = 0; i < kMaxClauses; ++i) {
    const std::string_view words = Part(text, clause);
    for (const std::string_view own : {"本", "该", "所", "采用", "改造后", "改进后", "优化后", "新", "后"}) {
      if (Holds(words, own)) return false;
    }
    if (i > 0 && BeginsWithOther(words)) return true;
    const std::string_view before = text.substr(0, clause.begin);
    if (!before.ends_with("，")) return false;
    const auto at = static_cast<uint32_t>(before.size() - std::string_view("，").size());
    clause = {ClauseOf(text, {at, at}).begin, at};
  }
  return false;
}

}  // namespace

bool IsUnusable(std::string_view text, const Indicator& indicator) {
  const TextSpan span = ClauseOf(text, indicator.whole);
  const std::string_view clause = Part(text, span);
  if (IsComparedWith(clause, indicator.value_span.begin - std::min(span.begin, indicator.value_span.begin)))
    return true;
  if (!indicator.from && IsSaidOfOther(text, span)) return true;
  // 成本仅为进口产品的60%: the other product is what the share is of; 由过去的3.2%降到1.8%: the former one is
  // where the change starts.
  const bool others = !indicator.is_of_former && !indicator.from && IsOtherProduct(clause);
  return IsPlan(clause) || others || LeadsPlan(LeadClause(text, span));
}

StatedFacts WorkOutFacts(std::string_view text, const std::vector<Indicator>& indicators, OtherFigures others,
                         const NameTable& names) {
  StatedFacts facts;
  facts.names = &names;
  facts.prepared.reserve(indicators.size());
  facts.owned.reserve(indicators.size());
  const auto endure = [&](const Indicator& figure, bool is_named) {
    if (facts.endured.size() >= kMaxEvidenceCandidates) return;
    const uint32_t end = ClauseOf(text, figure.whole).end;
    facts.endured.push_back({figure, ParseUnit(figure.unit), Part(text, SentenceOf(text, figure.whole)),
                             Part(text, {figure.value_span.end, std::max(end, figure.value_span.end)}),
                             is_named});
  };
  LastThings last;
  for (const Indicator& indicator : indicators) {
    PreparedName name = names.Prepare(indicator);
    // 全部通过120目筛: only the unit says that the quantity is a mesh.
    const bool mesh = name.group == 0 || name.cleaned.ends_with(U"网");
    if (mesh && indicator.unit == "目") name = names.Prepare("目数");
    InheritThings(text, indicator, &last, &name);
    const bool nameless = indicator.name.empty() || indicator.name == "高温" || indicator.name == "低温" ||
                          IsThing(text, indicator, name);
    facts.prepared.push_back(std::move(name));
    const std::string owner(indicator.name_span.empty() ? std::string_view()
                                                        : OwnerBefore(text, indicator.name_span.begin));
    facts.owned.push_back(
        owner.empty() ? std::nullopt : std::optional(names.Prepare(owner + indicator.name, indicator.unit)));
    const bool unknown = facts.prepared.back().group == 0 && IsTrialUnit(indicator);
    if ((nameless || unknown) && !IsRelative(indicator)) endure(indicator, !nameless);
  }
  for (const Indicator& condition : others.conditions) endure(condition, false);
  facts.counts = std::move(others.counts);
  facts.prepared_counts.reserve(facts.counts.size());
  for (const Indicator& count : facts.counts) facts.prepared_counts.push_back(names.Prepare(count));
  return facts;
}

}  // namespace duijie::indicator
