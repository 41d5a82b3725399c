// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaign_words.h"

#include <map>
#include <string_view>

namespace duijie::push {
namespace {

std::string FieldWord(const std::string& field) {
  static const std::map<std::string, std::string_view> kWords = {{"title", "名称"},
                                                                 {"description", "描述"},
                                                                 {"current_practice", "现有做法"},
                                                                 {"keywords", "关键词"},
                                                                 {"products", "主要产品"},
                                                                 {"summary", "简介"},
                                                                 {"problem_solved", "解决的问题"},
                                                                 {"advantage", "优势"},
                                                                 {"reference_users", "应用案例"}};
  const auto found = kWords.find(field);
  return found == kWords.end() ? field : std::string(found->second);
}

}  // namespace

std::string LineStateWord(v1::CampaignLineState state) {
  switch (state) {
    case v1::CAMPAIGN_LINE_STATE_PROPOSED:
      return "拟推送";
    case v1::CAMPAIGN_LINE_STATE_DROPPED:
      return "已移除";
    case v1::CAMPAIGN_LINE_STATE_PUSHED:
      return "已推送";
    case v1::CAMPAIGN_LINE_STATE_KEPT_BACK:
      return "未能推送";
    case v1::CAMPAIGN_LINE_STATE_LEFT_OUT:
      return "未列入";
    default:
      return "";
  }
}

std::string LineRuleWord(v1::CampaignLineRule rule) {
  switch (rule) {
    case v1::CAMPAIGN_LINE_RULE_BELOW_SCORE:
      return "低于最低得分";
    case v1::CAMPAIGN_LINE_RULE_BELOW_LEVEL:
      return "低于最低等级";
    case v1::CAMPAIGN_LINE_RULE_DIRECTION:
      return "不属京津到河北";
    case v1::CAMPAIGN_LINE_RULE_NOT_ELIGIBLE:
      return "硬性条件不满足";
    case v1::CAMPAIGN_LINE_RULE_NO_ADDRESSEE:
      return "没有可推送的企业";
    case v1::CAMPAIGN_LINE_RULE_NO_CONSENT:
      return "企业已退订或未同意";
    case v1::CAMPAIGN_LINE_RULE_PUSHED_BEFORE:
      return "间隔期内推送过";
    case v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP:
      return "企业推送次数已满";
    case v1::CAMPAIGN_LINE_RULE_ENTERPRISE_QUOTA:
      return "超出企业名额";
    case v1::CAMPAIGN_LINE_RULE_PARK_QUOTA:
      return "超出园区名额";
    case v1::CAMPAIGN_LINE_RULE_TOTAL_LIMIT:
      return "超出总数";
    case v1::CAMPAIGN_LINE_RULE_SAME_ACHIEVEMENT:
      return "同一成果已列给该企业";
    case v1::CAMPAIGN_LINE_RULE_NOT_CITABLE:
      return "没有可引用的理由";
    case v1::CAMPAIGN_LINE_RULE_NOT_AVAILABLE:
      return "记录已不可用";
    default:
      return "";
  }
}

std::string CitationsText(const google::protobuf::RepeatedPtrField<v1::PushCitation>& citations) {
  std::string text;
  for (const v1::PushCitation& citation : citations) {
    text += (text.empty() ? "" : "；") + FieldWord(citation.field()) + "：“" + citation.quote() + "”";
  }
  return text;
}

}  // namespace duijie::push
