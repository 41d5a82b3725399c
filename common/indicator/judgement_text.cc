// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/judgement_text.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "common/indicator/unit_bridge.h"

namespace duijie::indicator {
namespace {

std::string WithUnit(std::string value, const std::string& unit) {
  if (!unit.empty()) value += " " + unit;
  return value;
}

std::string Range(const Indicator& indicator) {
  std::string text = NumberText(indicator.value);
  if (indicator.upper) text += "～" + NumberText(*indicator.upper);
  return WithUnit(std::move(text), indicator.unit);
}

std::string NameOf(const Indicator& indicator) {
  return indicator.name.empty() ? "该指标" : "“" + indicator.name + "”";
}

}  // namespace

std::string PercentText(double margin) {
  constexpr double kManyTimes = 10;
  const double size = std::abs(margin);
  std::array<char, 32> text{};
  const bool many = size >= kManyTimes;
  std::snprintf(text.data(), text.size(), many ? "%.0f倍" : "%.3g%%", many ? size : size * 100);
  return text.data();
}

std::string BoundText(const Indicator& indicator) {
  switch (indicator.comparator) {
    case Comparator::kAtLeast:
      return "≥ " + Range(indicator);
    case Comparator::kAtMost:
      return "≤ " + Range(indicator);
    case Comparator::kEqual:
      return (indicator.is_about ? "约 " : "") + Range(indicator);
    case Comparator::kBetween:
      return Range(indicator);
    case Comparator::kPlusMinus: {
      const std::string width = "±" + NumberText(indicator.upper.value_or(0));
      return WithUnit(indicator.value == 0 ? width : NumberText(indicator.value) + width, indicator.unit);
    }
    case Comparator::kIncreaseBy:
      return "提高 " + Range(indicator);
    case Comparator::kDecreaseBy:
      return "降低 " + Range(indicator);
  }
  return Range(indicator);
}

std::string SilenceText(const Indicator& wanted) {
  return "成果材料没有给出可以认定为" + NameOf(wanted) + "的数值";
}

std::string AbsentText(const Indicator& wanted) {
  return "要求" + NameOf(wanted) + " " + BoundText(wanted) + "，成果材料称未检出或不含";
}

std::string UnanswerableText(const Indicator& wanted, const Indicator& stated, bool relative_differs) {
  const std::string both = "要求 " + BoundText(wanted) + "，材料给出 " + BoundText(stated);
  return both + (relative_differs ? "，相对变化与绝对数值不能互相说明" : "，两者的单位不能换算");
}

std::string DerivedText(const Indicator& stated, const Indicator& change) {
  const std::string verb = change.comparator == Comparator::kIncreaseBy ? "升至 " : "降至 ";
  return "由 " + NumberText(stated.from.value_or(0)) + " " + verb +
         WithUnit(NumberText(stated.value), stated.unit) + "，" + BoundText(change);
}

std::string ReasonText(const Indicator& wanted, const Judgement& judgement, std::string_view note) {
  std::string text = "要求 " + BoundText(wanted);
  if (!wanted.condition.empty()) text += "（" + wanted.condition + "）";
  if (judgement.evidence) {
    text += "，材料给出 " + BoundText(*judgement.evidence);
    if (judgement.evidence->is_negated) text += "（否定的表述）";
    if (!judgement.evidence->condition.empty()) text += "（" + judgement.evidence->condition + "）";
  }
  if (!judgement.conversion.empty()) text += "，" + judgement.conversion;
  const bool lacks = judgement.margin && *judgement.margin < 0;
  if (lacks && judgement.verdict != Verdict::kNotStated) text += "，差 " + PercentText(*judgement.margin);
  if (!note.empty()) text += "；" + std::string(note);
  return text;
}

}  // namespace duijie::indicator
