// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/push_view.h"

#include <cstdio>

#include "duijie/v1/achievement.pb.h"
#include "duijie/v1/enterprise.pb.h"
#include "duijie/v1/need.pb.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

using Citations = google::protobuf::RepeatedPtrField<v1::PushCitation>;

std::string CitationText(const Citations& citations, const google::protobuf::Descriptor& record) {
  std::string text;
  for (const v1::PushCitation& citation : citations) {
    const auto* field = record.FindFieldByName(citation.field());
    if (!text.empty()) text += "\n";
    text += (field == nullptr ? citation.field() : FieldLabel(*field)) + "：" + citation.quote();
  }
  return text;
}

std::string StepText(const v1::PushStep& step) {
  std::string text = TimeText(step.time()) + " " + EnumLabel(step.to());
  if (step.decline_reason() != v1::DECLINE_REASON_UNSPECIFIED) {
    text += "（" + EnumLabel(step.decline_reason()) + "）";
  }
  if (!step.text().empty()) text += "：" + step.text();
  const std::string who = EnumLabel(step.actor_kind());
  return who.empty() ? text : text + "  [" + who + (step.actor().empty() ? "" : " " + step.actor()) + "]";
}

std::string MinuteText(int minute) {
  char text[16];
  std::snprintf(text, sizeof(text), "%02d:%02d", minute / 60 % 24, minute % 60);
  return text;
}

}  // namespace

std::vector<FieldLine> DescribePush(const v1::Push& push) {
  std::vector<FieldLine> lines;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) lines.push_back({label, text});
  };
  add("编号", push.name());
  add("状态", EnumLabel(push.state()));
  add("企业", push.enterprise());
  add("园区", push.park_code());
  add("需求", push.need().empty() ? "" : push.need() + " " + push.need_title());
  add("成果", push.achievement() + " " + push.achievement_title());
  if (push.achievement_hidden()) add("说明", "成果已不再公开，有关内容略去");
  add("来源", EnumLabel(push.origin()) + (push.campaign().empty() ? "" : " " + push.campaign()));
  if (push.score() > 0) add("分数", NumberText(push.score()));
  add("等级", EnumLabel(push.level()));
  add("模型版本", push.model_version());
  add("需求理由", CitationText(push.reasons().need_fields(), *v1::Need::descriptor()));
  add("企业理由", CitationText(push.reasons().enterprise_fields(), *v1::Enterprise::descriptor()));
  add("成果理由", CitationText(push.reasons().achievement_sentences(), *v1::Achievement::descriptor()));
  for (const std::string& remark : push.reasons().remarks()) add("备注", remark);
  add("送达方式", EnumLabel(push.cadence()));
  add(push.has_deliver_time() ? "送达时间" : "预定时间",
      TimeText(push.has_deliver_time() ? push.deliver_time() : push.due_time()));
  for (const v1::PushStep& step : push.history()) add("经过", StepText(step));
  return lines;
}

std::vector<Column> PushColumns() {
  return {{"编号"}, {"状态"}, {"企业"}, {"需求"}, {"成果"}, {"成果名称", Align::kLeft, true},
          {"来源"}, {"时间"}};
}

std::vector<StyledText> PushRow(const v1::Push& push) {
  return {push.name(),
          EnumLabel(push.state()),
          push.enterprise(),
          push.need().empty() ? "–" : push.need(),
          push.achievement(),
          push.achievement_title(),
          EnumLabel(push.origin()),
          TimeText(push.create_time())};
}

std::vector<FieldLine> DescribePushPreferences(const v1::PushPreferences& preferences) {
  const std::string cadence = EnumLabel(preferences.cadence());
  return {{"企业", preferences.enterprise()},
          {"送达方式", cadence.empty() ? "未选择（按推送设置）" : cadence},
          {"退订", preferences.opt_out() ? "是" : "否"}};
}

std::vector<FieldLine> DescribePushSettings(const v1::PushSettings& settings) {
  const v1::PushRules& rules = settings.rules();
  return {
      {"同一对间隔", std::to_string(rules.pair_interval_days()) + " 天"},
      {"每家上限", std::to_string(rules.cap_days()) + " 天内 " + std::to_string(rules.cap_pushes()) + " 条"},
      {"须需求同意", rules.need_consent_required() ? "是" : "否"},
      {"摘要时间", MinuteText(rules.digest_minute())},
      {"每周摘要", "星期" + std::to_string(rules.digest_weekday())},
      {"缺省送达", EnumLabel(rules.default_cadence())},
      {"修改时间", settings.etag().empty() ? "从未修改" : TimeText(settings.update_time())}};
}

std::string PushEventText(const v1::PushEvent& event) {
  return TimeText(event.time()) + " " + EnumLabel(event.kind()) + " " + event.push() + " " +
         EnumLabel(event.state()) + " " + event.enterprise() + " " + event.achievement();
}

}  // namespace duijie
