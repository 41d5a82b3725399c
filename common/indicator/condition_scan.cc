// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/indicator/condition_scan.h"

#include <algorithm>

#include "common/indicator/extract.h"

namespace duijie::indicator {

bool ConditionScan::IsText(size_t i) const {
  return RoleAt(i) == Role::kWord || RoleAt(i) == Role::kLatin || RoleAt(i) == Role::kProcess;
}

bool ConditionScan::EndsAsQuantity(size_t i) const {
  static constexpr std::u32string_view kEnds = U"度率量值比数压力径长宽高厚温时间寿命耗距性差积成价";
  return kEnds.find(text[tokens[i].end - 1]) != std::u32string_view::npos;
}

size_t ConditionScan::NextFigure(size_t from) const {
  for (size_t i = from; i < end && i - from < kMaxContextTokens; ++i) {
    const Role role = tokens[i].role;
    if (role == Role::kComma || role == Role::kSentenceEnd || role == Role::kAnd) break;
    if (IsFree(i)) return i;
  }
  return end;
}

Stretch& ConditionScan::Mark(size_t first, size_t last, size_t token, bool backward) {
  for (size_t i = first; i <= last; ++i) {
    if (IsFigure(i)) quantities[tokens[i].quantity].is_condition = true;
  }
  Stretch stretch;
  stretch.begin = tokens[first].begin;
  stretch.end = std::min<uint32_t>(tokens[last].end, stretch.begin + kMaxConditionRunes);
  stretch.first = first;
  stretch.token = token;
  stretch.backward = backward;
  found.push_back(stretch);
  return found.back();
}

bool IsBound(Role role) {
  return role == Role::kAtLeast || role == Role::kAtMost || role == Role::kEqual || role == Role::kSuperior;
}

}  // namespace duijie::indicator
