// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/derived.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "common/indicator/holds.h"
#include "common/indicator/name_words.h"
#include "common/indicator/runes.h"
#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

struct ChangeVerb {
  View32 verb;
  Comparator change;
};
constexpr ChangeVerb kChangeVerbs[] = {{U"降低", Comparator::kDecreaseBy}, {U"下降", Comparator::kDecreaseBy},
                                       {U"减少", Comparator::kDecreaseBy}, {U"削减", Comparator::kDecreaseBy},
                                       {U"缩短", Comparator::kDecreaseBy}, {U"减小", Comparator::kDecreaseBy},
                                       {U"节约", Comparator::kDecreaseBy}, {U"节省", Comparator::kDecreaseBy},
                                       {U"压减", Comparator::kDecreaseBy}, {U"减量", Comparator::kDecreaseBy},
                                       {U"减容", Comparator::kDecreaseBy}, {U"减排", Comparator::kDecreaseBy},
                                       {U"减施", Comparator::kDecreaseBy}, {U"降", Comparator::kDecreaseBy},
                                       {U"提高", Comparator::kIncreaseBy}, {U"提升", Comparator::kIncreaseBy},
                                       {U"增长", Comparator::kIncreaseBy}, {U"增加", Comparator::kIncreaseBy},
                                       {U"上升", Comparator::kIncreaseBy}, {U"延长", Comparator::kIncreaseBy},
                                       {U"增", Comparator::kIncreaseBy}};
constexpr View32 kMeasures[] = {U"幅度", U"比例", U"率", U"幅", U"量", U"值"};
constexpr View32 kRemovals[] = {U"去除率", U"脱除率", U"去除效率", U"脱除效率",
                                U"削减率", U"消减率", U"净化率",   U"净化效率"};

struct Named {
  Runes32 name;
  Comparator change;
};

// 能耗降低率: the name without verb and measure, and what the verb does.
std::optional<Named> VerbAndMeasure(View32 name) {
  for (const View32 measure : kMeasures) {
    if (!name.ends_with(measure)) continue;
    const View32 stem = name.substr(0, name.size() - measure.size());
    for (const ChangeVerb& verb : kChangeVerbs) {
      if (stem.ends_with(verb.verb) && stem.size() > verb.verb.size())
        return Named{Runes32(stem.substr(0, stem.size() - verb.verb.size())), verb.change};
    }
  }
  return std::nullopt;
}

// 减盐率, 降糖率, 增产率, 除磷率 (as 磷去除率): one character between verb and 率.
std::optional<Named> ShortForm(View32 name) {
  constexpr View32 kNoContent = U"排重员碳震振噪量产速压损";
  for (const View32 end : {View32(U"率"), View32(U"幅度"), View32(U"效果")}) {
    if (!name.ends_with(end) || name.size() < end.size() + 2) continue;
    const size_t at = name.size() - end.size() - 2;
    const Runes32 lead(name.substr(0, at));
    const char32_t of = name[at + 1];
    if (name.substr(at, 2) == U"增产") return Named{lead + U"产量", Comparator::kIncreaseBy};
    if (name.substr(at, 2) == U"减产") return Named{lead + U"产量", Comparator::kDecreaseBy};
    const bool falls = name[at] == U'减' || name[at] == U'降';
    if (falls && kNoContent.find(of) == View32::npos)
      return Named{lead + of + U"含量", Comparator::kDecreaseBy};
  }
  return std::nullopt;
}

// 减钠30%, 降糖20%: the verb and the substance are the whole word.
std::optional<Named> LessOf(View32 name) {
  constexpr View32 kContents = U"钠盐糖脂油磷氮碳硫铬";
  if (name.size() < 2 || kContents.find(name.back()) == View32::npos) return std::nullopt;
  const char32_t verb = name[name.size() - 2];
  if (verb != U'减' && verb != U'降') return std::nullopt;
  return Named{Runes32(name.substr(0, name.size() - 2)) + name.back() + U"含量", Comparator::kDecreaseBy};
}

std::optional<Named> Removal(View32 name) {
  for (const View32 end : kRemovals) {
    if (name.ends_with(end) && name.size() > end.size())
      return Named{Runes32(name.substr(0, name.size() - end.size())), Comparator::kDecreaseBy};
  }
  return std::nullopt;
}

}  // namespace

bool IsRelative(const Indicator& indicator) {
  return indicator.comparator == Comparator::kIncreaseBy || indicator.comparator == Comparator::kDecreaseBy;
}

bool IsShare(std::string_view unit) { return unit == "%" || unit == "倍" || unit == "‰"; }

std::optional<Indicator> AsChange(const Indicator& share) {
  const auto unit = ParseUnit(share.unit);
  if (!unit || !IsDimensionless(*unit)) return std::nullopt;
  const double rest = share.value * unit->factor;
  Indicator change = share;
  change.comparator = rest < 1 ? Comparator::kDecreaseBy : Comparator::kIncreaseBy;
  change.value = std::abs(1 - rest) * kHundred;
  change.upper.reset();
  change.unit.assign(1, '%');
  return change;
}

std::optional<Indicator> Complement(const Indicator& stated) {
  const auto unit = ParseUnit(stated.unit);
  if (!unit || !IsDimensionless(*unit) || IsRelative(stated)) return std::nullopt;
  const double scale = unit->factor * kHundred;
  Indicator rest = stated;
  rest.unit.assign(1, '%');
  rest.value = kHundred - stated.value * scale;
  if (stated.comparator == Comparator::kPlusMinus) {
    rest.upper = stated.upper.value_or(0) * scale;
    return rest;
  }
  if (stated.upper) {
    rest.upper = rest.value;
    rest.value = kHundred - *stated.upper * scale;
  }
  if (stated.comparator == Comparator::kAtLeast) rest.comparator = Comparator::kAtMost;
  if (stated.comparator == Comparator::kAtMost) rest.comparator = Comparator::kAtLeast;
  return rest;
}

std::optional<Indicator> NamedChange(const Indicator& figure) {
  if (IsRelative(figure) || figure.comparator == Comparator::kAtMost ||
      figure.comparator == Comparator::kPlusMinus)
    return std::nullopt;
  const Runes32 name = CleanedName(figure.name);
  auto named = VerbAndMeasure(name);
  if (!named) named = Removal(name);
  if (!named) named = ShortForm(name);
  if (!named && IsShare(figure.unit)) named = LessOf(name);
  if (!named) return std::nullopt;
  if (named->name.size() < 2) return std::nullopt;
  Indicator change = figure;
  change.name = ToUtf8(named->name);
  change.comparator = named->change;
  return change;
}

ChangeIn ChangeInUnit(std::string_view unit) {
  if (unit.ends_with("百分点")) return ChangeIn::kPoints;
  return IsShare(unit) ? ChangeIn::kShare : ChangeIn::kUnit;
}

std::optional<Indicator> ChangeFromStart(const Indicator& figure, ChangeIn in) {
  if (!figure.from || *figure.from == 0) return std::nullopt;
  if (in == ChangeIn::kPoints && figure.unit != "%") return std::nullopt;
  Indicator change;
  change.name = figure.name;
  const double difference = figure.value - *figure.from;
  change.comparator = difference >= 0 ? Comparator::kIncreaseBy : Comparator::kDecreaseBy;
  change.unit = figure.unit;
  change.value = std::abs(difference);
  if (in == ChangeIn::kPoints) change.unit = "个百分点";
  if (in == ChangeIn::kShare) {
    change.value = std::abs(difference / *figure.from) * kHundred;
    change.unit.assign(1, '%');
  }
  return change;
}

std::optional<Indicator> FasterByTime(const Indicator& figure) {
  const auto unit = ParseUnit(figure.unit);
  if (!unit || !Convertible(*unit, *ParseUnit("s")) || !figure.from) return std::nullopt;
  if (figure.value <= 0 || *figure.from <= figure.value) return std::nullopt;
  Indicator change;
  change.name = figure.name;
  change.comparator = Comparator::kIncreaseBy;
  change.value = (*figure.from / figure.value - 1) * kHundred;
  change.unit.assign(1, '%');
  return change;
}

bool NamesSaving(std::string_view name) {
  for (const std::string_view saved :
       {"节电", "节水", "节能", "节煤", "节油", "节气", "节汽", "节药", "节肥", "节材", "节约", "减排",
        "减重", "降低率", "降低量", "减少量", "减少率", "降幅"}) {
    if (Holds(name, saved)) return true;
  }
  return false;
}

bool NamesOwnChange(std::string_view name) {
  for (const std::string_view end :
       {"增重", "失重", "减重", "增量", "增值", "增益", "增产", "增收", "减产"}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

std::string_view WithoutDeviation(std::string_view name) {
  for (const std::string_view end : {"偏差", "公差", "误差", "尺寸公差", "尺寸偏差", "精度"}) {
    if (name.size() > end.size() && name.ends_with(end)) name.remove_suffix(end.size());
  }
  return name;
}

}  // namespace duijie::indicator
