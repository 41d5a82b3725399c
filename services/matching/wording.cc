// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/wording.h"

#include <array>
#include <charconv>

#include "duijie/v1/common.pb.h"
#include "duijie/v1/need.pb.h"

namespace duijie::matching {
namespace {

std::string ModeName(int mode) {
  switch (mode) {
    case v1::COOPERATION_MODE_TRANSFER:
      return "转让";
    case v1::COOPERATION_MODE_LICENSE:
      return "许可";
    case v1::COOPERATION_MODE_EQUITY:
      return "作价入股";
    case v1::COOPERATION_MODE_JOINT_DEVELOPMENT:
      return "合作开发";
    case v1::COOPERATION_MODE_COMMISSIONED_DEVELOPMENT:
      return "委托开发";
    case v1::COOPERATION_MODE_SERVICE:
      return "技术服务";
    case v1::COOPERATION_MODE_CONSULTING:
      return "技术咨询";
    case v1::COOPERATION_MODE_PURCHASE:
      return "产品采购";
    default:
      return "其他";
  }
}

}  // namespace

std::string Decimal(double number, int decimals) {
  std::array<char, 400> text{};
  const auto written =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed, decimals);
  std::string out(text.data(), written.ptr);
  if (out.find('.') == std::string::npos) return out;
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string WanYuan(double amount) { return Decimal(amount, 4) + "万元"; }

std::string ModeNames(const google::protobuf::RepeatedField<int>& modes) {
  std::string names;
  for (const int mode : modes) names += (names.empty() ? "" : "、") + ModeName(mode);
  return names;
}

std::string RightsName(int stance) {
  switch (stance) {
    case v1::RIGHTS_STANCE_OWNED_BY_ENTERPRISE:
      return "归企业所有";
    case v1::RIGHTS_STANCE_SHARED:
      return "双方共有";
    case v1::RIGHTS_STANCE_LICENSED:
      return "获得许可";
    default:
      return "";
  }
}

std::string RegionName(const TaxonomySet& taxonomies, const std::string& code) {
  const TaxonomyEntry* const entry = taxonomies.regions.Find(code);
  return entry == nullptr ? code : entry->name;
}

std::string VerdictName(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_SATISFIED:
      return "满足";
    case v1::VERDICT_VIOLATED:
      return "不满足";
    case v1::VERDICT_PARTLY:
      return "部分满足";
    default:
      return "未说明";
  }
}

std::string NextActionName(v1::NextActionKind kind) {
  switch (kind) {
    case v1::NEXT_ACTION_KIND_ASK_OWNER:
      return "向成果方核实";
    case v1::NEXT_ACTION_KIND_DIAGNOSE:
      return "二次诊断";
    case v1::NEXT_ACTION_KIND_BOUNTY:
      return "揭榜攻关";
    case v1::NEXT_ACTION_KIND_PILOT:
      return "中试基地";
    case v1::NEXT_ACTION_KIND_VISIT:
      return "走访对接";
    default:
      return "";
  }
}

std::string DirectionName(v1::MatchDirection direction) {
  return direction == v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS ? "为成果找需求" : "为需求找成果";
}

std::string PolicyName(v1::ViolationPolicy policy) {
  switch (policy) {
    case v1::VIOLATION_POLICY_DROP:
      return "剔除不满足硬性条件的配对";
    case v1::VIOLATION_POLICY_IGNORE:
      return "只按得分排序，标出不满足的硬性条件";
    default:
      return "不满足硬性条件的配对排在最后";
  }
}

std::string RunStateName(v1::MatchRunState state) {
  switch (state) {
    case v1::MATCH_RUN_STATE_QUEUED:
      return "排队中";
    case v1::MATCH_RUN_STATE_RUNNING:
      return "进行中";
    case v1::MATCH_RUN_STATE_SUCCEEDED:
      return "已完成";
    case v1::MATCH_RUN_STATE_FAILED:
      return "失败";
    case v1::MATCH_RUN_STATE_CANCELLED:
      return "已取消";
    default:
      return "";
  }
}

std::string FieldName(std::string_view field) {
  if (field == "title") return "名称";
  if (field == "keywords") return "关键词";
  return "正文";
}

}  // namespace duijie::matching
