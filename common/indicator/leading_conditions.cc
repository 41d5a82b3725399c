// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/leading_conditions.h"

#include <string_view>

#include "common/indicator/units.h"

namespace duijie::indicator {
namespace {

// 透过率在400～700nm波段大于99%: the stretch between 在 and the bound.
bool Inner(ConditionScan& scan, size_t i) {
  constexpr uint32_t kMaxNounRunes = 4;
  if (i < scan.begin + 2 || scan.RoleAt(i - 1) != Role::kAt || !scan.IsText(i - 2)) return false;
  if (scan.RoleAt(i + 1) != Role::kWord || !IsBound(scan.RoleAt(i + 2))) return false;
  if (scan.tokens[i + 1].end - scan.tokens[i + 1].begin > kMaxNounRunes) return false;
  if (scan.EndsAsQuantity(i + 1)) return false;  // 在-30℃启动时间≤10秒
  scan.Mark(i, i + 1, i + 1);
  return true;
}

// Whether the figure before is of the same unit: 3d≥20MPa，28d≥52.5MPa.
bool GoesOn(const ConditionScan& scan, size_t i) {
  for (size_t k = i; k-- > scan.begin;) {
    if (!scan.IsFree(k) || k + 2 == i) continue;
    return scan.QuantityAt(k).unit == scan.QuantityAt(i).unit;
  }
  return false;
}

// 抗压强度28d不低于52.5MPa, 粘度25℃≤300mPa·s: between a name and its bound.
bool BeforeBound(ConditionScan& scan, size_t i) {
  static const Unit kTime = *ParseUnit("s");
  static const Unit kTemperature = *ParseUnit("K");
  if (i == scan.begin || !IsBound(scan.RoleAt(i + 1)) || !scan.IsFree(i + 2)) return false;
  if (!scan.IsText(i - 1) && !(scan.RoleAt(i - 1) == Role::kComma && GoesOn(scan, i + 2))) return false;
  const std::string& unit = scan.QuantityAt(i).unit;
  const auto parsed = ParseUnit(unit);
  if (!parsed || unit == scan.QuantityAt(i + 2).unit) return false;
  if (!Convertible(*parsed, kTime) && !Convertible(*parsed, kTemperature)) return false;
  Stretch& stretch = scan.Mark(i, i, i);
  stretch.before_bound = stretch.of_name = true;
  return true;
}

// 7d、28d抗压强度分别为42MPa和58MPa: conditions in a list.
bool Listed(ConditionScan& scan, size_t i) {
  size_t last = i;
  while (scan.RoleAt(last + 1) == Role::kAnd && scan.IsFree(last + 2)) last += 2;
  if (last == i || !scan.IsText(last + 1)) return false;
  size_t figures = 0;
  for (size_t k = last + 1; k < scan.end && scan.RoleAt(k) != Role::kComma; ++k)
    figures += scan.IsFree(k) ? 1 : 0;
  if (figures != (last - i) / 2 + 1) return false;
  for (size_t k = i; k <= last; k += 2) scan.Mark(k, k, k);
  return true;
}

// 经1500小时盐雾试验: what it went through.
bool Trial(ConditionScan& scan, size_t i) {
  if (i == scan.begin || scan.RoleAt(i - 1) != Role::kAt || scan.text[scan.tokens[i - 1].begin] != U'经')
    return false;
  size_t last = i;
  while (scan.IsText(last + 1)) ++last;
  if (last == i) return false;
  scan.Mark(i, last, last);
  return true;
}

// 处理1吨废水成本: the condition found last ends before what is told.
void LeaveQuantity(ConditionScan& scan, size_t i) {
  const std::u32string_view word = scan.WordAt(i);
  for (const std::u32string_view quantity :
       {U"运行成本", U"成本", U"费用", U"电耗", U"能耗", U"水耗", U"药耗", U"耗电", U"用电", U"耗水"}) {
    if (!word.ends_with(quantity) || word.size() == quantity.size()) continue;
    scan.found.back().end = scan.tokens[i].end - static_cast<uint32_t>(quantity.size());
    scan.found.back().token = i - 1;
    return;
  }
}

// 处理1吨废酸可回收0.35吨: what the next figure is for one of.
bool Basis(ConditionScan& scan, size_t i) {
  const Quantity& quantity = scan.QuantityAt(i);
  if (quantity.value != 1 || quantity.form != Form::kSingle || quantity.unit.empty() || i == scan.begin)
    return false;
  if (scan.RoleAt(i - 1) != Role::kWord || scan.RoleAt(i + 1) != Role::kWord ||
      scan.NextFigure(i + 1) == scan.end)
    return false;
  const std::u32string_view word = scan.WordAt(i - 1);
  for (const std::u32string_view verb :
       {U"处理", U"生产", U"加工", U"每", U"燃烧", U"冶炼", U"制取", U"消耗"}) {
    if (!word.ends_with(verb)) continue;
    scan.Mark(i - 1, i + 1, i + 1);
    LeaveQuantity(scan, i + 1);
    return true;
  }
  return false;
}

// 对0.1mm以上缺陷的检出率: what the next figure holds for.
bool Sized(ConditionScan& scan, size_t i) {
  const Role after = scan.RoleAt(i + 1);
  if (after != Role::kAtLeastAfter && after != Role::kAtMostAfter) return false;
  if (scan.RoleAt(i + 2) != Role::kWord || scan.RoleAt(i + 3) != Role::kOf || !scan.IsText(i + 4))
    return false;
  if (scan.NextFigure(i + 4) == scan.end) return false;
  scan.Mark(i, i + 2, i + 2);
  return true;
}

// 3mm以上毛羽每米不足10根: the size of what is counted.
bool SizedThing(ConditionScan& scan, size_t i) {
  static const Unit kMetre = *ParseUnit("m");
  const Role after = scan.RoleAt(i + 1);
  if ((after != Role::kAtLeastAfter && after != Role::kAtMostAfter) || scan.RoleAt(i + 2) != Role::kWord)
    return false;
  const auto unit = ParseUnit(scan.QuantityAt(i).unit);
  const size_t next = scan.NextFigure(i + 3);
  if (!unit || !Convertible(*unit, kMetre) || next == scan.end) return false;
  if (scan.EndsAsQuantity(i + 2)) return false;
  scan.Mark(i, i + 1, i + 1);
  return true;
}

// 180d内生物降解率大于90%, 在0~20kPa内线性度优于3%: what the next figure holds within.
bool Within(ConditionScan& scan, size_t i) {
  if (scan.RoleAt(i + 1) != Role::kAtMostAfter || scan.text[scan.tokens[i + 1].end - 1] != U'内')
    return false;
  const bool cut =
      scan.RoleAt(i + 2) == Role::kCutter && scan.tokens[i + 2].end - scan.tokens[i + 2].begin == 1;
  const size_t word = i + 2 + (cut ? 1 : 0);
  if (!scan.IsText(word)) return false;
  const size_t next = scan.NextFigure(word);
  if (next == scan.end || scan.QuantityAt(next).unit == scan.QuantityAt(i).unit) return false;
  scan.Mark(i, i + 1, i + 1);
  return true;
}

// 添加0.3%缓凝剂的砂浆: what is in the thing whose figures follow.
bool Dosed(ConditionScan& scan, size_t i) {
  if (i == scan.begin || scan.RoleAt(i - 1) != Role::kWord || !scan.IsText(i + 1)) return false;
  const std::u32string_view word = scan.WordAt(i - 1);
  const bool dosed = word.ends_with(U"添加") || word.ends_with(U"掺入") || word.ends_with(U"加入") ||
                     word.ends_with(U"掺加") || word.ends_with(U"投加");
  if (!dosed || scan.QuantityAt(i).form != Form::kSingle) return false;
  for (size_t k = i + 1; k < scan.end; ++k) {
    if (!scan.IsFree(k)) continue;
    scan.Mark(i - 1, i + 1, i + 1);
    return true;
  }
  return false;
}

// Whether the word before the figure is the name of a quantity of its own.
bool NamedBefore(const ConditionScan& scan, size_t i) {
  if (i == scan.begin || !scan.IsText(i - 1)) return false;
  return scan.RoleAt(i - 1) == Role::kLatin || scan.EndsAsQuantity(i - 1);
}

}  // namespace

// Q name … Q2 within a clause: 28d抗压强度超过52.5MPa; 在25℃的粘度为300mPa·s.
void MarkLeading(ConditionScan& scan, size_t i) {
  if (Inner(scan, i) || BeforeBound(scan, i) || Listed(scan, i) || Basis(scan, i) || Trial(scan, i)) return;
  if (Sized(scan, i) || SizedThing(scan, i) || Within(scan, i) || Dosed(scan, i)) return;
  const bool at_of = i > scan.begin && scan.RoleAt(i - 1) == Role::kAt && scan.RoleAt(i + 1) == Role::kOf &&
                     scan.IsText(i + 2);
  const bool direct =
      scan.IsText(i + 1) && (i == scan.begin || scan.IsText(i - 1) || scan.RoleAt(i - 1) == Role::kComma ||
                             scan.RoleAt(i - 1) == Role::kAt || scan.RoleAt(i - 1) == Role::kSentenceEnd ||
                             scan.RoleAt(i - 1) == Role::kWish || scan.RoleAt(i - 1) == Role::kConditionEnd ||
                             scan.RoleAt(i - 1) == Role::kOf);
  if (!at_of && !direct) return;
  const Quantity& quantity = scan.QuantityAt(i);
  if (quantity.unit.empty() || quantity.by_heading || (direct && NamedBefore(scan, i))) return;
  const size_t next = scan.NextFigure(i + 1);
  if (next == scan.end || scan.QuantityAt(next).unit == quantity.unit) return;
  if (direct && scan.RoleAt(i + 1) == Role::kWord && scan.WordAt(i + 1).starts_with(U"倍率")) {
    scan.Mark(i, i, i).end = scan.tokens[i + 1].begin + 2;
    return;
  }
  scan.Mark(i, i, i).of_name = direct && (i == scan.begin || scan.RoleAt(i - 1) != Role::kAt);
}

}  // namespace duijie::indicator
