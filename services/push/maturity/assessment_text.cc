// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/maturity/assessment_text.h"

#include <map>

#include "common/documents/html_writer.h"
#include "common/resources/resource_table.h"
#include "services/push/achievements/china_day.h"

namespace duijie::push {
namespace {

using v1::MaturityAssessment;
using v1::MaturityScheme;

constexpr char kFromOwner[] = "评价人来自成果完成单位，结果仅供参考。";

std::string UnitText(const MaturityAssessment& assessment) {
  std::string text = assessment.assessor_unit();
  if (!assessment.assessor_credit_code().empty()) text += "（" + assessment.assessor_credit_code() + "）";
  return text;
}

HtmlWriter::Facts FactsOf(const MaturityAssessment& assessment, const MaturityScheme& scheme) {
  return {{"评价编号", assessment.name()},
          {"成果名称", assessment.title()},
          {"成果编号", assessment.achievement()},
          {"评价方案", scheme.title() + "（" + assessment.scheme_version() + "）"},
          {"方案依据", scheme.basis()},
          {"评价结果", LevelText(scheme, assessment.level())},
          {"所处阶段", assessment.stage()},
          {"评价人", assessment.assessor()},
          {"评价人单位", UnitText(assessment)},
          {"状态", AssessmentStateName(assessment.state())},
          {"评价日期", assessment.completed_on()},
          {"有效至", assessment.valid_until()},
          {"结论", assessment.conclusion()}};
}

HtmlWriter::Row LevelRow(const v1::MaturityLevelResult& result, const MaturityScheme& scheme) {
  std::string missing;
  for (const std::string& code : result.missing()) missing += (missing.empty() ? "" : "、") + code;
  const v1::MaturitySchemeLevel& level = scheme.levels(result.level() - 1);
  return {std::to_string(result.level()) + " " + level.title(), level.stage(),
          std::to_string(result.evidenced()) + "/" + std::to_string(result.required()),
          result.reached() ? "达到" : "未达到", missing};
}

std::vector<HtmlWriter::Row> ConditionRows(const MaturityAssessment& assessment,
                                           const MaturityScheme& scheme) {
  std::map<std::string, const v1::ConditionEvidence*> evidences;
  for (const v1::ConditionEvidence& evidence : assessment.evidences()) {
    evidences[evidence.condition()] = &evidence;
  }
  std::vector<HtmlWriter::Row> rows;
  for (const v1::MaturityCondition& condition : scheme.conditions()) {
    const auto found = evidences.find(condition.code());
    std::string text = "（无）";
    if (found != evidences.end()) {
      text = found->second->text();
      if (!found->second->reference().empty()) text += "\n引用：" + found->second->reference();
    }
    rows.push_back({condition.code(), condition.required() ? "必要" : "参考", condition.text(), text});
  }
  return rows;
}

}  // namespace

const char* AssessmentStateName(v1::MaturityAssessmentState state) {
  switch (state) {
    case v1::MATURITY_ASSESSMENT_STATE_DRAFT:
      return "评价中";
    case v1::MATURITY_ASSESSMENT_STATE_COMPLETING:
      return "定级中";
    case v1::MATURITY_ASSESSMENT_STATE_COMPLETED:
      return "有效";
    case v1::MATURITY_ASSESSMENT_STATE_SUPERSEDED:
      return "已被替代";
    case v1::MATURITY_ASSESSMENT_STATE_EXPIRING:
      return "正在失效";
    case v1::MATURITY_ASSESSMENT_STATE_EXPIRED:
      return "已过期";
    default:
      return "";
  }
}

std::string LevelText(const MaturityScheme& scheme, int level) {
  if (level == 0) return "未达到 1 级";
  return std::to_string(level) + " 级（" + scheme.levels(level - 1).title() + "）";
}

std::string CarriedEvidence(const MaturityAssessment& assessment, const MaturityScheme& scheme) {
  std::string text = "按“" + scheme.title() + "”（" + assessment.scheme_version() + "）评为 " +
                     LevelText(scheme, assessment.level()) + "，评价人：" + assessment.assessor() + "（" +
                     assessment.assessor_unit() + "），评价日期 " + assessment.completed_on() + "，有效至 " +
                     assessment.valid_until() + "，评价编号 " + assessment.name() + "。";
  if (assessment.assessor_from_owner()) text += kFromOwner;
  if (!assessment.conclusion().empty()) text += "\n" + assessment.conclusion();
  return text;
}

std::string ExpiredEvidence(const MaturityAssessment& assessment, const MaturityScheme& scheme) {
  return "原评为 " + LevelText(scheme, assessment.level()) + "，已于 " + assessment.valid_until() +
         " 到期，须重新评价；原评价编号 " + assessment.name() + "。";
}

std::string AssessmentPage(const MaturityAssessment& assessment, const MaturityScheme& scheme) {
  HtmlWriter html("技术成熟度评价表 " + assessment.title());
  html.Title("技术成熟度评价表").FactTable(FactsOf(assessment, scheme));
  if (assessment.expired()) html.Mark("本评价已于 " + assessment.valid_until() + " 到期，不得再作为依据。");
  if (assessment.assessor_from_owner()) html.Mark(kFromOwner);
  if (assessment.scheme_version() != scheme.version()) {
    html.Note("评价之后方案已更新为 " + scheme.version() + " 版，下面的条件文字为新版。");
  }
  std::vector<HtmlWriter::Row> levels;
  for (const v1::MaturityLevelResult& result : assessment.results()) {
    levels.push_back(LevelRow(result, scheme));
  }
  html.Section("一、各级结果")
      .Table({"等级", "阶段", "必要条件（有依据/共）", "结果", "缺依据的条件"}, levels)
      .Note("等级为必要条件全部有依据、且所有较低等级的必要条件也全部有依据的最高一级。")
      .Section("二、条件与依据")
      .Table({"条件", "类别", "要求", "依据"}, ConditionRows(assessment, scheme))
      .SignatureLines({"评价人", "评价人单位", "完成单位确认"});
  return std::move(html).Finish();
}

}  // namespace duijie::push
