// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/stated_facts.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "common/indicator/context_words.h"
#include "common/indicator/derived.h"
#include "common/indicator/holds.h"
#include "common/indicator/name_words.h"
#include "common/indicator/runes.h"

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

// 原异步电机效率为93.2%: what was there before. 现有板材, where the text goes on with its own.
bool IsFormer(std::string_view condition, std::string_view clause, std::string_view behind) {
  for (const std::string_view renewed : {"改造后", "改进后", "优化后", "升级后", "更换后"}) {
    if (Holds(clause, renewed)) return false;
  }
  for (const std::string_view former : {"原", "原来", "原有", "原先"}) {
    if (condition == former) return true;
  }
  return condition == "现有" && Holds(behind, "本发明");
}

}  // namespace

bool IsUnusable(std::string_view text, const Indicator& indicator) {
  const TextSpan span = ClauseOf(text, indicator.whole);
  const std::string_view clause = Part(text, span);
  if (IsComparedWith(clause, indicator.value_span.begin - std::min(span.begin, indicator.value_span.begin)))
    return true;
  if (!indicator.from && IsSaidOfOther(text, span)) return true;
  if (!indicator.from && IsFormer(indicator.condition, clause, text.substr(span.end))) return true;
  // 成本仅为进口产品的60%: the other product is what the share is of; 由过去的3.2%降到1.8%: the former one is
  // where the change starts.
  const bool others = !indicator.is_of_former && !indicator.from && IsOtherProduct(clause);
  return IsPlan(clause) || others || LeadsPlan(LeadClause(text, span));
}

namespace {

// A quantity, if an unknown one: 纬密, 育肥期, 悬垂角.
bool NamesQuantity(const PreparedName& name) {
  constexpr std::u32string_view kEnds = U"密角期载比重压径厚宽高距频阻荷矩差温速";
  if (name.group != 0 || GeneralHeadLength(name.cleaned) > 0) return true;
  return !name.cleaned.empty() && kEnds.find(name.cleaned.back()) != std::u32string_view::npos;
}

// 充放电7000周: cycles, no weeks.
bool CountsCycles(std::string_view clause) { return Holds(clause, "充放") || Holds(clause, "循环"); }

void ListTold(std::string_view text, const std::vector<Indicator>& indicators, StatedFacts* facts) {
  std::vector<std::pair<uint32_t, bool>> seen;              // where values begin, and whether they are ratios
  std::map<std::pair<uint32_t, uint32_t>, size_t> numbers;  // of clauses, by where they begin and end
  const auto number_of = [&](TextSpan clause) {
    const auto [at, is_new] = numbers.try_emplace({clause.begin, clause.end}, facts->clauses.size());
    if (is_new) facts->clauses.push_back(ToFolded(Part(text, clause)));
    return at->second;
  };
  const auto add = [&](ToldAs as, size_t index, const Indicator& figure, bool names_quantity) {
    const auto unit = figure.unit.empty() ? std::nullopt : ParseUnit(figure.unit, figure.name);
    if (unit) {
      const TextSpan clause = ClauseOf(text, figure.whole);
      facts->told.push_back({as, index, *unit, names_quantity, clause, number_of(clause)});
    }
    seen.emplace_back(figure.value_span.begin, figure.unit.find('/') != std::string::npos);
  };
  const auto known = [&](const Indicator& figure, bool ratios_only) {
    return std::any_of(seen.begin(), seen.end(), [&](const auto& value) {
      return value.first == figure.value_span.begin && (value.second || !ratios_only);
    });
  };
  for (size_t i = 0; i < indicators.size(); ++i)
    add(ToldAs::kIndicator, i, indicators[i], NamesQuantity(facts->prepared[i]));
  for (size_t i = 0; i < facts->counts.size(); ++i)
    add(ToldAs::kCount, i, facts->counts[i], NamesQuantity(facts->prepared_counts[i]));
  for (size_t i = 0; i < facts->shares.size(); ++i) {
    // 每1000个字段中仅6个 is a share already.
    if (!known(facts->shares[i].figure, true)) add(ToldAs::kShare, i, facts->shares[i].figure, false);
  }
  for (size_t i = 0; i < facts->endured.size(); ++i) {
    if (!known(facts->endured[i].figure, false)) add(ToldAs::kCondition, i, facts->endured[i].figure, false);
  }
  if (facts->told.empty()) return;
  facts->text_runes = ToFolded(text);
  facts->subject = SubjectOfWords(facts->text_runes);
}

}  // namespace

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
  for (Indicator& condition : others.conditions) {
    if (condition.unit == "周" && CountsCycles(Part(text, ClauseOf(text, condition.whole))))
      condition.unit = "次";
    endure(condition, false);
  }
  facts.shares = CountedShares(text);
  facts.counts = std::move(others.counts);
  facts.prepared_counts.reserve(facts.counts.size());
  for (const Indicator& count : facts.counts) facts.prepared_counts.push_back(names.Prepare(count));
  ListTold(text, indicators, &facts);
  return facts;
}

}  // namespace duijie::indicator
