// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/processing_page.h"

#include "common/documents/html_writer.h"
#include "common/resources/resource_table.h"
#include "services/push/achievements/china_day.h"
#include "services/push/processing/processing_fields.h"

namespace duijie::push {
namespace {

using v1::Processing;

std::string TimeOf(const google::protobuf::Timestamp& time) {
  return time.seconds() == 0 ? "" : ChinaMinute(MicrosOf(time));
}

HtmlWriter::Facts FactsOf(const Processing& processing) {
  return {{"加工单编号", processing.name()},
          {"成果名称", processing.title()},
          {"成果编号", processing.achievement()},
          {"加工专家", processing.expert()},
          {"状态", ProcessingStateName(processing.state())},
          {"签发人", processing.signer()},
          {"签发时间", TimeOf(processing.sign_time())},
          {"替代的加工单", processing.supersedes()},
          {"原文版本", processing.achievement_etag()}};
}

std::string OrNone(const std::string& text) { return text.empty() ? "（无）" : text; }

std::string EvidenceText(const v1::FieldEvidence* evidence) {
  if (evidence == nullptr) return "（无）";
  std::string text = evidence->text();
  if (!evidence->reference().empty()) text += "\n引用：" + evidence->reference();
  return text + "\n执笔：" + evidence->author();
}

std::vector<HtmlWriter::Row> ComparedRows(const Processing& processing,
                                          const std::vector<v1::FieldDiff>& diffs) {
  std::vector<HtmlWriter::Row> rows;
  for (const v1::FieldDiff& diff : diffs) {
    rows.push_back({diff.label(), OrNone(diff.before()), OrNone(diff.after()),
                    EvidenceText(EvidenceOf(processing, diff.field()))});
  }
  return rows;
}

// Marks that survive a black-and-white print.
std::string MarkedText(const v1::FieldDiff& diff) {
  std::string text;
  for (const v1::TextSpan& span : diff.spans()) {
    if (span.change() == v1::TEXT_CHANGE_REMOVED) {
      text += "〔删：" + span.text() + "〕";
    } else if (span.change() == v1::TEXT_CHANGE_ADDED) {
      text += "〔增：" + span.text() + "〕";
    } else {
      text += span.text();
    }
  }
  return text;
}

std::vector<HtmlWriter::Row> StepRows(const Processing& processing) {
  std::vector<HtmlWriter::Row> rows;
  for (const v1::ProcessingStep& step : processing.steps()) {
    rows.push_back({TimeOf(step.time()), ProcessingStateName(step.to()), step.actor(), step.reason()});
  }
  return rows;
}

}  // namespace

const char* ProcessingStateName(v1::ProcessingState state) {
  switch (state) {
    case v1::PROCESSING_STATE_DRAFT:
      return "草稿";
    case v1::PROCESSING_STATE_SUBMITTED:
      return "待签发";
    case v1::PROCESSING_STATE_RETURNED:
      return "已退回";
    case v1::PROCESSING_STATE_SIGNING:
      return "签发中";
    case v1::PROCESSING_STATE_SIGNED:
      return "已签发";
    case v1::PROCESSING_STATE_SUPERSEDED:
      return "已被替代";
    case v1::PROCESSING_STATE_REVERTING:
      return "撤销中";
    case v1::PROCESSING_STATE_REVERTED:
      return "已撤销";
    default:
      return "";
  }
}

std::string ProcessingPage(const Processing& processing, const std::vector<v1::FieldDiff>& diffs) {
  HtmlWriter html("成果二次加工单 " + processing.title(), HtmlWriter::Paper::kLandscape);
  html.Title("成果二次加工单").FactTable(FactsOf(processing));
  if (processing.state() != v1::PROCESSING_STATE_SIGNED) {
    html.Mark(std::string("本加工单") + ProcessingStateName(processing.state()) +
              "，目录中的内容不以此为准。");
  }
  html.Section("一、加工前后对照")
      .Table({"字段", "加工前", "加工后", "依据"}, ComparedRows(processing, diffs))
      .Section("二、逐字改动");
  for (const v1::FieldDiff& diff : diffs) {
    html.Subsection(diff.label()).PlainLine(MarkedText(diff));
    if (diff.coarse()) html.Note("改动过多，未逐字比较。");
  }
  html.Note("〔删：…〕为加工前有、加工后没有的文字，〔增：…〕为加工后新有的文字。成果名称与简介未改动。")
      .Section("三、办理过程")
      .Table({"时间", "步骤", "办理人", "说明"}, StepRows(processing))
      .SignatureLines({"加工专家", "签发人", "完成单位确认"});
  return std::move(html).Finish();
}

}  // namespace duijie::push
