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
#include "common/indicator/opposites.h"
#include "common/indicator/runes.h"

namespace duijie::indicator {
namespace {

// Whether the clause says behind the figure that something works there.
bool WorksBehind(std::string_view text, TextSpan clause, const Indicator& indicator) {
  return HoldsOneOf(Part(text, {indicator.value_span.end, clause.end}),
                    {"工作", "使用", "运行", "环境", "服役", "稳定", "可靠"});
}

// 控制器可在-40℃至80℃环境工作: a range behind a name that is no quantity.
bool IsThing(std::string_view text, TextSpan clause, const Indicator& indicator, const PreparedName& name) {
  const bool range = indicator.comparator == Comparator::kBetween ||
                     indicator.comparator == Comparator::kAtLeast ||
                     indicator.comparator == Comparator::kAtMost;
  return range && name.group == 0 && GeneralHeadLength(name.cleaned) == 0 &&
         WorksBehind(text, clause, indicator);
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
void InheritThings(TextSpan sentence, const Indicator& indicator, LastThings* last, PreparedName* name) {
  if (last->sentence.empty() || indicator.whole.begin >= last->sentence.end) *last = {sentence, {}};
  if (name->things.empty()) {
    name->things = last->things;
  } else {
    last->things = name->things;
  }
}

template <typename List>
void SortOnce(List* list) {
  std::sort(list->begin(), list->end());
  list->erase(std::unique(list->begin(), list->end()), list->end());
}

// A quantity, if an unknown one: 纬密, 育肥期, 悬垂角.
bool NamesQuantity(const PreparedName& name) {
  constexpr std::u32string_view kEnds = U"密角期载比重压径厚宽高距频阻荷矩差温速";
  if (name.group != 0 || GeneralHeadLength(name.cleaned) > 0) return true;
  return !name.cleaned.empty() && kEnds.find(name.cleaned.back()) != std::u32string_view::npos;
}

// 充放电7000周: cycles, no weeks.
bool CountsCycles(std::string_view clause) { return Holds(clause, "充放") || Holds(clause, "循环"); }

Runes32 OwnerCharacters(std::string_view text, const Indicator& figure, const PreparedName& name) {
  const std::string_view before =
      figure.name_span.empty() ? std::string_view() : OwnerBefore(text, figure.name_span.begin);
  return MeaningfulCharacters(ToFolded(before) + name.subject);
}

void ListTold(std::string_view text, const std::vector<Indicator>& indicators, StatedFacts* facts) {
  struct Seen {
    uint32_t begin;  // of the value
    bool is_ratio;
    std::optional<Unit> unit;
  };
  std::vector<Seen> seen;
  const auto add = [&](ToldAs as, size_t index, const Indicator& figure, const PreparedName& name) {
    facts->places.Add(figure.whole);
    const bool named = as == ToldAs::kIndicator || as == ToldAs::kCount;
    const auto unit =
        figure.unit.empty() && as != ToldAs::kIndicator ? std::nullopt : ParseUnit(figure.unit, figure.name);
    if (unit)
      facts->told.push_back({as, index, *unit, named && NamesQuantity(name),
                             MeaningfulCharacters(name.cleaned), OwnerCharacters(text, figure, name),
                             OppositeSides(ToFolded(figure.name))});
    seen.push_back({figure.value_span.begin, figure.unit.find('/') != std::string::npos, unit});
  };
  const auto known = [&](const Indicator& figure, bool ratios_only) {
    return std::any_of(seen.begin(), seen.end(), [&](const Seen& value) {
      return value.begin == figure.value_span.begin && (value.is_ratio || !ratios_only);
    });
  };
  // 620万趟 is read as 620万, too.
  const auto known_in_kind = [&](const Indicator& figure) {
    const auto unit = ParseUnit(figure.unit);
    return std::any_of(seen.begin(), seen.end(), [&](const Seen& value) {
      return value.begin == figure.value_span.begin && unit && value.unit && Convertible(*unit, *value.unit);
    });
  };
  for (size_t i = 0; i < indicators.size(); ++i)
    add(ToldAs::kIndicator, i, indicators[i], facts->prepared[i]);
  for (size_t i = 0; i < facts->counts.size(); ++i)
    add(ToldAs::kCount, i, facts->counts[i], facts->prepared_counts[i]);
  for (size_t i = 0; i < facts->shares.size(); ++i) {
    const Indicator& share = facts->shares[i].figure;  // 每1000个字段中仅6个 is a share already
    if (!known(share, true)) add(ToldAs::kShare, i, share, facts->prepared_shares[i]);
  }
  for (size_t i = 0; i < facts->endured.size(); ++i) {
    const Indicator& endured = facts->endured[i].figure;
    if (!known(endured, false)) add(ToldAs::kCondition, i, endured, facts->prepared_endured[i]);
  }
  for (size_t i = 0; i < facts->loose.size(); ++i) {
    const Indicator& loose = facts->loose[i].figure;
    if (!known_in_kind(loose)) add(ToldAs::kLoose, i, loose, facts->nameless);
  }
  if (facts->told.empty()) return;
  facts->letters = ToFolded(text);
  Runes32 subject = SubjectOfWords(facts->letters);
  facts->subject_pairs = PairsIn(subject);
  if (facts->subject_pairs.empty()) facts->subject = std::move(subject);
  SortOnce(&facts->letters);
  facts->letters.shrink_to_fit();
}

}  // namespace

std::vector<uint64_t> PairsIn(View32 words) {
  std::vector<uint64_t> pairs;
  for (size_t i = 0; i + 1 < words.size(); ++i) pairs.push_back(uint64_t{words[i]} << 32U | words[i + 1]);
  SortOnce(&pairs);
  return pairs;
}

std::optional<ToldChange> ChangeOf(std::optional<Indicator> change, const NameTable& names) {
  if (!change) return std::nullopt;
  PreparedName name = names.Prepare(*change);
  return ToldChange{*std::move(change), std::move(name)};
}

StatedFacts WorkOutFacts(std::string_view text, const std::vector<Indicator>& indicators, OtherFigures others,
                         const NameTable& names) {
  StatedFacts facts;
  facts.names = &names;
  facts.places = FigurePlaces(text);
  facts.prepared.reserve(indicators.size());
  facts.owned.reserve(indicators.size());
  facts.owner_decisive.reserve(indicators.size());
  facts.changes.reserve(indicators.size());
  const auto endure = [&](const Indicator& figure, bool is_named) {
    if (facts.endured.size() >= kMaxEvidenceCandidates) return;
    facts.places.Add(figure.whole);
    constexpr uint32_t kBefore = 45;  // bytes
    const TextSpan sentence = facts.places.SentenceOf(figure.whole);
    const uint32_t begin = figure.value_span.begin - std::min(kBefore, figure.value_span.begin);
    const uint32_t end = std::max(facts.places.ClauseOf(figure.whole).span.end, figure.value_span.end);
    facts.endured.push_back({figure, ParseUnit(figure.unit), Part(text, sentence),
                             Part(text, {figure.value_span.end, end}),
                             Part(text, {std::max(begin, sentence.begin), end}), is_named});
  };
  LastThings last;
  for (const Indicator& indicator : indicators) {
    facts.places.Add(indicator.whole);
    PreparedName name = names.Prepare(indicator);
    // 全部通过120目筛: only the unit says that the quantity is a mesh.
    const bool mesh = name.group == 0 || name.cleaned.ends_with(U"网");
    if (mesh && indicator.unit == "目") name = names.Prepare("目数");
    InheritThings(facts.places.SentenceOf(indicator.whole), indicator, &last, &name);
    const bool nameless = indicator.name.empty() || indicator.name == "高温" || indicator.name == "低温" ||
                          IsThing(text, facts.places.ClauseOf(indicator.whole).span, indicator, name);
    facts.prepared.push_back(std::move(name));
    const std::string owner(indicator.name_span.empty() ? std::string_view()
                                                        : OwnerBefore(text, indicator.name_span.begin));
    facts.owned.push_back(
        owner.empty() ? std::nullopt : std::optional(names.Prepare(owner + indicator.name, indicator.unit)));
    facts.owner_decisive.push_back(owner.empty() ? 0 : DecisiveRows(ToFolded(owner)));
    facts.changes.push_back(
        ChangeOf(IsRelative(indicator) ? std::optional(indicator) : NamedChange(indicator), names));
    const bool unknown = facts.prepared.back().group == 0 && IsTrialUnit(indicator);
    if ((nameless || unknown) && !IsRelative(indicator)) endure(indicator, !nameless);
  }
  for (Indicator& condition : others.conditions) {
    const TextSpan clause = facts.places.marks().ClauseOf(condition.whole);
    if (condition.unit == "周" && CountsCycles(Part(text, clause))) condition.unit = "次";
    endure(condition, false);
  }
  facts.shares = CountedShares(text);
  facts.loose = LooseFigures(text);
  facts.nameless = names.Prepare("");
  facts.counts = std::move(others.counts);
  facts.prepared_counts.reserve(facts.counts.size());
  for (const Indicator& count : facts.counts) facts.prepared_counts.push_back(names.Prepare(count));
  for (const CountedShare& share : facts.shares) facts.prepared_shares.push_back(names.Prepare(share.figure));
  for (const Endured& endured : facts.endured)
    facts.prepared_endured.push_back(names.Prepare(endured.figure));
  ListTold(text, indicators, &facts);
  return facts;
}

}  // namespace duijie::indicator
