// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/rubric.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "common/text/encoding.h"
#include "services/mining/intake/need_access.h"

namespace duijie::mining {
namespace {

struct ItemRule {
  v1::RubricItem item;
  const char* name;
  const char* missing;  // what to tell the assessor
  bool advisory;
  bool may_be_waived;
};

constexpr std::array kRules = {
    ItemRule{v1::RUBRIC_ITEM_PROBLEM, "问题描述", "缺少问题描述：说明要解决什么问题", false, false},
    ItemRule{v1::RUBRIC_ITEM_TARGET, "量化目标",
             "缺少量化目标：至少一项指标须有比较符、数值和单位（计数可无单位）", false, false},
    ItemRule{v1::RUBRIC_ITEM_CURRENT_VALUE, "现状值", "缺少现状：写明现有做法与现值，或说明为何不需要", false,
             true},
    ItemRule{v1::RUBRIC_ITEM_BUDGET, "预算", "缺少预算（万元），或说明为何不需要", false, true},
    ItemRule{v1::RUBRIC_ITEM_DECISION_OWNER, "决策人", "缺少决策人，或说明为何不需要", false, true},
    ItemRule{v1::RUBRIC_ITEM_DEADLINE, "完成期限", "缺少完成期限，或说明为何不需要", false, true},
    ItemRule{v1::RUBRIC_ITEM_COOPERATION, "合作方式", "缺少合作方式，或说明为何不需要", false, true},
    ItemRule{v1::RUBRIC_ITEM_CONDITION, "指标条件", "", true, true},
    ItemRule{v1::RUBRIC_ITEM_RIGHTS, "知识产权立场", "", true, true}};

const ItemRule* RuleOf(v1::RubricItem item) {
  const auto found =
      std::find_if(kRules.begin(), kRules.end(), [&](const ItemRule& rule) { return rule.item == item; });
  return found == kRules.end() ? nullptr : &*found;
}

std::string Number(double value) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

std::string Bound(const v1::Indicator& target) {
  switch (target.comparator()) {
    case v1::COMPARATOR_AT_LEAST:
      return "≥";
    case v1::COMPARATOR_AT_MOST:
      return "≤";
    case v1::COMPARATOR_GREATER_THAN:
      return ">";
    case v1::COMPARATOR_LESS_THAN:
      return "<";
    case v1::COMPARATOR_APPROXIMATELY:
      return "≈";
    default:
      return "=";
  }
}

std::string TargetText(const v1::Indicator& target) {
  std::string text = target.name();
  if (target.comparator() == v1::COMPARATOR_BETWEEN) {
    text += " " + Number(target.value()) + "～" + Number(target.upper_value());
  } else if (target.has_value()) {
    text += " " + Bound(target) + " " + Number(target.value());
  }
  if (!target.unit().empty()) text += " " + target.unit();
  if (!target.condition().empty()) text += "（" + target.condition() + "）";
  return text;
}

// Targets that can be held to.
std::string QuantifiedText(const v1::Need& need) {
  std::string text;
  for (const v1::Indicator& target : need.targets()) {
    if (IsQuantified(target)) text += (text.empty() ? "" : "；") + TargetText(target);
  }
  return text;
}

std::string ConditionsText(const v1::Need& need) {
  std::string text;
  for (const v1::Indicator& target : need.targets()) {
    if (!target.condition().empty())
      text += (text.empty() ? "" : "；") + target.name() + "：" + target.condition();
  }
  return text;
}

std::string BudgetText(const v1::Need& need) {
  if (!need.has_budget_min_wan_yuan() && !need.has_budget_max_wan_yuan()) return "";
  std::string text;
  if (need.has_budget_min_wan_yuan()) text = Number(need.budget_min_wan_yuan());
  if (need.has_budget_max_wan_yuan())
    text += (text.empty() ? "不超过 " : "～") + Number(need.budget_max_wan_yuan());
  return text + " 万元";
}

std::string CooperationText(const v1::Need& need) {
  static constexpr std::array kNames = {"",         "转让",     "许可",     "作价入股", "合作开发",
                                        "委托开发", "技术服务", "技术咨询", "产品采购"};
  std::string text;
  for (const int mode : need.cooperation_modes()) {
    if (mode <= 0 || mode >= static_cast<int>(kNames.size())) continue;
    text += (text.empty() ? "" : "、") + std::string(kNames[static_cast<size_t>(mode)]);
  }
  return text;
}

std::string RightsText(const v1::Need& need) {
  switch (need.rights_stance()) {
    case v1::RIGHTS_STANCE_OWNED_BY_ENTERPRISE:
      return "归企业所有";
    case v1::RIGHTS_STANCE_SHARED:
      return "双方共有";
    case v1::RIGHTS_STANCE_LICENSED:
      return "获得许可即可";
    default:
      return "";
  }
}

std::string TextOf(const v1::Need& need, v1::RubricItem item) {
  switch (item) {
    case v1::RUBRIC_ITEM_PROBLEM:
      return need.description();
    case v1::RUBRIC_ITEM_TARGET:
      return QuantifiedText(need);
    case v1::RUBRIC_ITEM_CURRENT_VALUE:
      return need.current_practice();
    case v1::RUBRIC_ITEM_BUDGET:
      return BudgetText(need);
    case v1::RUBRIC_ITEM_DECISION_OWNER:
      return need.decision_owner();
    case v1::RUBRIC_ITEM_DEADLINE:
      return need.deadline();
    case v1::RUBRIC_ITEM_COOPERATION:
      return CooperationText(need);
    case v1::RUBRIC_ITEM_CONDITION:
      return ConditionsText(need);
    case v1::RUBRIC_ITEM_RIGHTS:
      return RightsText(need);
    default:
      return "";
  }
}

}  // namespace

std::string RubricName(v1::RubricItem item) {
  const ItemRule* const rule = RuleOf(item);
  return rule == nullptr ? "" : rule->name;
}

std::string VerdictName(v1::NeedVerdict verdict) {
  switch (verdict) {
    case v1::NEED_VERDICT_INCOMPLETE:
      return "待完善";
    case v1::NEED_VERDICT_VALID:
      return "有效";
    case v1::NEED_VERDICT_INVALID:
      return "无效";
    default:
      return "未诊断";
  }
}

bool IsQuantified(const v1::Indicator& target) {
  if (target.name().empty() || !target.has_value() || !std::isfinite(target.value())) return false;
  if (target.comparator() == v1::COMPARATOR_UNSPECIFIED) return false;
  if (target.comparator() == v1::COMPARATOR_BETWEEN && !target.has_upper_value()) return false;
  const bool counts = target.value() == std::floor(target.value()) && target.value() >= 1;
  return !target.unit().empty() || counts;
}

std::vector<v1::RubricLine> RubricOf(const v1::Need& need) {
  std::vector<v1::RubricLine> rubric;
  for (const ItemRule& rule : kRules) {
    v1::RubricLine& line = rubric.emplace_back();
    const std::string text = TextOf(need, rule.item);
    line.set_item(rule.item);
    line.set_stated(!text.empty());
    line.set_text(TruncateCodePoints(text, kMaxRubricText));
  }
  return rubric;
}

Status TakeWaivers(const v1::AssessNeedRequest& request, std::vector<v1::RubricLine>* rubric) {
  if (request.waivers_size() > kMaxWaivers) return InvalidField("waivers", "TOO_MANY", "最多免除 5 项");
  std::vector<FieldViolation> wrong;
  std::set<int> seen;
  for (int i = 0; i < request.waivers_size(); ++i) {
    const v1::RubricWaiver& waiver = request.waivers(i);
    const std::string field = "waivers[" + std::to_string(i) + "].";
    const ItemRule* const rule = RuleOf(waiver.item());
    if (rule == nullptr || !seen.insert(waiver.item()).second) {
      wrong.push_back({field + "item", "UNKNOWN_VALUE", "未知或重复的项目"});
      continue;
    }
    if (!rule->may_be_waived)
      wrong.push_back({field + "item", "NOT_ALLOWED", std::string(rule->name) + "不能免除"});
    CheckNoteText(waiver.reason(), true, kMaxWaiverReason, field + "reason", &wrong);
    for (v1::RubricLine& line : *rubric) {
      if (line.item() == waiver.item() && !line.stated()) line.set_waiver(waiver.reason());
    }
  }
  return wrong.empty() ? OkStatus() : InvalidFields(wrong);
}

Status CheckValid(const std::vector<v1::RubricLine>& rubric) {
  std::vector<FieldViolation> missing;
  std::string names;
  for (const v1::RubricLine& line : rubric) {
    const ItemRule* const rule = RuleOf(line.item());
    if (rule == nullptr || rule->advisory || line.stated() || !line.waiver().empty()) continue;
    missing.push_back({v1::RubricItem_Name(line.item()), "REQUIRED", rule->missing});
    names += (names.empty() ? "" : "、") + std::string(rule->name);
  }
  if (missing.empty()) return OkStatus();
  Status status = InvalidFields(missing);
  // The violations of an invalid argument, under the reason that says what is the matter.
  Status incomplete =
      Error(StatusCode::kFailedPrecondition, "INCOMPLETE", "需求还不能判为有效，缺少：" + names);
  status.ForEachPayload([&](absl::string_view type, const absl::Cord& payload) {
    if (!incomplete.GetPayload(type)) incomplete.SetPayload(type, payload);
  });
  return incomplete;
}

bool IsLegalVerdict(v1::NeedVerdict from, v1::NeedVerdict to) {
  switch (from) {
    case v1::NEED_VERDICT_UNSPECIFIED:
    case v1::NEED_VERDICT_INCOMPLETE:
      return to == v1::NEED_VERDICT_INCOMPLETE || to == v1::NEED_VERDICT_VALID ||
             to == v1::NEED_VERDICT_INVALID;
    case v1::NEED_VERDICT_VALID:
      return to == v1::NEED_VERDICT_INCOMPLETE || to == v1::NEED_VERDICT_INVALID;
    case v1::NEED_VERDICT_INVALID:
      return to == v1::NEED_VERDICT_INCOMPLETE;
    default:
      return false;
  }
}

}  // namespace duijie::mining
