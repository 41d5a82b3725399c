// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/campaign_view.h"

#include <algorithm>
#include <cstdio>

#include "services/duijie/labels.h"

namespace duijie {
namespace {

std::string Score(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.4f", value);
  return text;
}

std::string Bound(int bound) { return bound == 0 ? "不限" : std::to_string(bound); }

std::string LeftOutText(const v1::CampaignPreview& preview) {
  std::string text;
  for (const v1::CampaignRuleCount& count : preview.left_out()) {
    text += (text.empty() ? "" : "；") + EnumLabel(count.rule()) + " " + std::to_string(count.count());
  }
  return text;
}

std::string StepText(const v1::CampaignStep& step) {
  std::string text = TimeText(step.time()) + " " + EnumLabel(step.to()) + "（" + step.actor() + "）";
  return step.reason().empty() ? text : text + " " + step.reason();
}

// The first thing that each side is cited for.
std::string WhyText(const v1::CampaignLine& line) {
  const v1::PushReasons& reasons = line.reasons();
  const auto& taker = reasons.need_fields().empty() ? reasons.enterprise_fields() : reasons.need_fields();
  std::string text;
  if (!taker.empty()) text = "“" + taker[0].quote() + "”";
  if (!reasons.achievement_sentences().empty()) {
    text += " ← “" + reasons.achievement_sentences(0).quote() + "”";
  }
  return text.empty() ? EnumLabel(line.rule()) : text;
}

}  // namespace

bool IsWorkedOn(v1::CampaignState state) {
  return state == v1::CAMPAIGN_STATE_PREVIEWING || state == v1::CAMPAIGN_STATE_APPROVING;
}

ProgressState CampaignProgress(const v1::Campaign& campaign) {
  ProgressState progress;
  if (campaign.state() == v1::CAMPAIGN_STATE_APPROVING) {
    progress.done = campaign.pushed() + campaign.kept_back();
    progress.total = std::max(0, campaign.preview().proposed() - campaign.dropped());
    progress.unit = "条推送";
  } else {
    progress.done = campaign.preview().subjects_done();
    progress.total = campaign.preview().subjects_total();
    progress.unit = "条";
  }
  return progress;
}

std::vector<FieldLine> DescribeCampaign(const v1::Campaign& campaign) {
  std::vector<FieldLine> lines;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) lines.push_back({label, text});
  };
  const v1::CampaignRule& rule = campaign.rule();
  add("编号", campaign.name());
  add("名称", campaign.title());
  add("状态", EnumLabel(campaign.state()));
  add("问题", campaign.error());
  add("对象", EnumLabel(rule.subject()));
  std::string parks;
  for (const std::string& park : rule.subject_filter().park_codes())
    parks += (parks.empty() ? "" : "、") + park;
  add("园区", parks.empty() ? "全部" : parks);
  if (rule.only_jing_jin_to_ji()) add("方向", "京津成果到河北");
  add("最低得分", Score(rule.min_score()));
  add("最低等级", EnumLabel(rule.min_level()));
  add("名额", "每家企业 " + std::to_string(rule.max_per_enterprise()) + "，每个园区 " +
                  Bound(rule.max_per_park()) + "，共 " + std::to_string(rule.total_limit()));
  add("加分比例", NumberText(rule.bonus_share()));
  if (campaign.has_preview()) {
    const v1::CampaignPreview& preview = campaign.preview();
    add("快照版本号", std::to_string(preview.snapshot_revision()));
    add("模型版本", preview.parameters().model_version());
    add("判断日期", preview.parameters().as_of());
    add("进度", std::to_string(preview.subjects_done()) + "/" + std::to_string(preview.subjects_total()));
    add("考察配对", std::to_string(preview.pairs()));
    add("列入", std::to_string(preview.proposed()) + "，移除 " + std::to_string(campaign.dropped()));
    add("未列入", LeftOutText(preview));
    add("清单摘要（SHA-256）", preview.digest());
    add("已推送", std::to_string(campaign.pushed()) + "，未能推送 " + std::to_string(campaign.kept_back()));
  }
  for (const v1::CampaignStep& step : campaign.steps()) add("经过", StepText(step));
  return lines;
}

std::vector<Column> CampaignColumns() {
  return {{"编号"},    {"名称", Align::kLeft, true}, {"对象"},
          {"状态"},    {"列入", Align::kRight},      {"已推送", Align::kRight},
          {"创建时间"}};
}

std::vector<StyledText> CampaignRow(const v1::Campaign& campaign) {
  return {campaign.name(),
          campaign.title(),
          EnumLabel(campaign.rule().subject()),
          EnumLabel(campaign.state()),
          std::to_string(campaign.preview().proposed() - campaign.dropped()),
          std::to_string(campaign.pushed()),
          TimeText(campaign.create_time())};
}

std::vector<Column> CampaignLineColumns() {
  return {{"序号", Align::kRight},
          {"企业", Align::kLeft, true},
          {"需求", Align::kLeft, true},
          {"成果", Align::kLeft, true},
          {"得分", Align::kRight},
          {"加分", Align::kRight},
          {"等级"},
          {"状态"},
          {"依据或原因", Align::kLeft, true},
          {"编号"}};
}

std::vector<StyledText> CampaignLineRow(const v1::CampaignLine& line) {
  std::string state = EnumLabel(line.state());
  if (line.state() == v1::CAMPAIGN_LINE_STATE_KEPT_BACK) state += "（" + EnumLabel(line.rule()) + "）";
  return {std::to_string(line.number()),
          line.enterprise_title(),
          line.need_title(),
          line.achievement_title(),
          Score(line.score()),
          Score(line.bonus()),
          EnumLabel(line.level()),
          state,
          WhyText(line),
          line.name()};
}

std::vector<FieldLine> DescribeStandingSettings(const v1::StandingSettings& settings) {
  return {{"常态推送", settings.enabled() ? "开" : "关"},
          {"最低得分", Score(settings.min_score())},
          {"最低等级",
           settings.min_level() == v1::MATCH_LEVEL_UNSPECIFIED ? "不限" : EnumLabel(settings.min_level())},
          {"每项成果最多推送", std::to_string(settings.max_per_achievement())},
          {"每条需求最多推送", std::to_string(settings.max_per_need())}};
}

Table StandingTable(const v1::StandingStatus& status) {
  Table table{{{"跟踪"},
               {"已处理到版本", Align::kRight},
               {"落后版本数", Align::kRight},
               {"匹配次数", Align::kRight},
               {"推送数", Align::kRight},
               {"规则留下", Align::kRight}},
              {}};
  const auto add = [&](const char* what, const v1::StandingProgress& progress) {
    table.rows.push_back({what, std::to_string(progress.revision()), std::to_string(progress.lag()),
                          std::to_string(progress.events()), std::to_string(progress.pushes()),
                          std::to_string(progress.kept_back())});
  };
  add("成果", status.achievements());
  add("需求", status.needs());
  return table;
}

}  // namespace duijie
