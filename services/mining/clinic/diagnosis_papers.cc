// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/clinic/diagnosis_papers.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "common/base/calendar.h"
#include "common/documents/html_writer.h"
#include "common/resources/resource_table.h"
#include "common/tabular/xlsx_writer.h"
#include "services/mining/clinic/rubric.h"

namespace duijie::mining {
namespace {

std::string TypeName(v1::NeedType type) {
  static constexpr std::array kNames = {"", "技术难题", "关键共性技术", "紧迫需求", "成果转化", "人才引进"};
  return type >= 0 && type < static_cast<int>(kNames.size()) ? kNames[static_cast<size_t>(type)] : "";
}

std::string StateName(v1::RecordState state) {
  static constexpr std::array kNames = {"",       "草稿",   "已提交", "已退回",
                                        "已发布", "已撤回", "已过期", "已关闭"};
  return state >= 0 && state < static_cast<int>(kNames.size()) ? kNames[static_cast<size_t>(state)] : "";
}

std::string SourcesOf(const v1::Need& need) {
  std::string text;
  for (const v1::Provenance& source : need.provenances()) {
    std::string name = source.source_library();
    if (name == "visit") name = "走访";
    if (name == "phone") name = "电话";
    if (name == "portal") name = "门户";
    if (text.find(name) == std::string::npos) text += (text.empty() ? "" : "、") + name;
  }
  return text;
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "、") + word;
  return text;
}

std::string TextOf(const std::vector<v1::RubricLine>& rubric, v1::RubricItem item) {
  for (const v1::RubricLine& line : rubric) {
    if (line.item() == item) return line.text();
  }
  return "";
}

std::string ConclusionOf(const v1::RubricLine& line) {
  if (line.stated()) return "已写明";
  return line.waiver().empty() ? "缺" : "免：" + line.waiver();
}

}  // namespace

std::string DiagnosisPaper(const v1::Need& need, const v1::NeedDiagnosis& diagnosis, UnixMicros now) {
  HtmlWriter html("需求诊断单 " + need.title());
  html.Title("需求诊断单");
  html.FactTable({{"需求编号", need.name()},
                  {"需求名称", need.title()},
                  {"企业", need.enterprise_name().empty() ? need.enterprise() : need.enterprise_name()},
                  {"需求类型", TypeName(need.type())},
                  {"来源", SourcesOf(need)},
                  {"状态", StateName(need.state())},
                  {"判定", VerdictName(diagnosis.verdict())}});
  html.Section("一、诊断项目");
  std::vector<HtmlWriter::Row> rows;
  for (const v1::RubricLine& line : diagnosis.rubric()) {
    rows.push_back(
        {std::to_string(rows.size() + 1), RubricName(line.item()), line.text(), ConclusionOf(line)});
  }
  html.Table({"序号", "项目", "需求所述", "结论"}, rows);
  const std::vector<v1::RubricLine> rubric(diagnosis.rubric().begin(), diagnosis.rubric().end());
  const Status valid = CheckValid(rubric);
  if (!valid.ok()) {
    html.Section("二、须补充的内容");
    HtmlWriter::Row missing;
    for (const FieldViolation& violation : ViolationsOf(valid)) missing.push_back(violation.description);
    html.Numbered(missing);
  }
  html.Section(valid.ok() ? "二、判定记录" : "三、判定记录");
  std::vector<HtmlWriter::Row> changes;
  for (const v1::VerdictChange& change : diagnosis.changes()) {
    changes.push_back({FormatDay(DayInChina(MicrosOf(change.time()))), VerdictName(change.from()),
                       VerdictName(change.to()), change.reason()});
  }
  if (changes.empty()) {
    html.Paragraph("尚未诊断。");
  } else {
    html.Table({"日期", "原判定", "新判定", "理由"}, changes);
  }
  html.SignatureLines({"诊断人", "企业代表", "日期"});
  html.Note("制表日期：" + FormatDay(DayInChina(now)) + "。本单由系统按需求记录生成。");
  return std::move(html).Finish();
}

Status WriteSummary(const std::vector<SummaryRow>& rows, UnixMicros now, const std::string& path,
                    const std::string& temp_folder) {
  XlsxOptions options;
  options.created = now;
  options.temp_folder = temp_folder;
  DUIJIE_ASSIGN_OR_RETURN(const std::unique_ptr<XlsxWriter> writer, XlsxWriter::Create(path, options));
  DUIJIE_ASSIGN_OR_RETURN(const XlsxSheetId sheet, writer->AddSheet("需求汇总表", {{"序号", 6},
                                                                                   {"需求编号", 34},
                                                                                   {"需求名称", 36, true},
                                                                                   {"企业", 28, true},
                                                                                   {"园区", 12},
                                                                                   {"需求类型", 14},
                                                                                   {"状态", 8},
                                                                                   {"判定", 8},
                                                                                   {"量化目标", 40, true},
                                                                                   {"现状", 36, true},
                                                                                   {"预算", 16},
                                                                                   {"完成期限", 12},
                                                                                   {"决策人", 12},
                                                                                   {"合作方式", 20, true},
                                                                                   {"来源", 14},
                                                                                   {"关键词", 30, true}}));
  double number = 0;
  for (const SummaryRow& row : rows) {
    const v1::Need& need = row.need;
    const std::vector<v1::RubricLine> rubric = RubricOf(need);
    DUIJIE_RETURN_IF_ERROR(writer->WriteRow(
        sheet,
        {TableCell::Number(++number), TableCell::Text(need.name()), TableCell::Text(need.title()),
         TableCell::Text(need.enterprise_name().empty() ? need.enterprise() : need.enterprise_name()),
         TableCell::Text(need.park_code()), TableCell::Text(TypeName(need.type())),
         TableCell::Text(StateName(need.state())), TableCell::Text(VerdictName(row.diagnosis.verdict())),
         TableCell::Text(TextOf(rubric, v1::RUBRIC_ITEM_TARGET)),
         TableCell::Text(TextOf(rubric, v1::RUBRIC_ITEM_CURRENT_VALUE)),
         TableCell::Text(TextOf(rubric, v1::RUBRIC_ITEM_BUDGET)), TableCell::Text(need.deadline()),
         TableCell::Text(need.decision_owner()), TableCell::Text(TextOf(rubric, v1::RUBRIC_ITEM_COOPERATION)),
         TableCell::Text(SourcesOf(need)), TableCell::Text(Joined(need.keywords()))}));
  }
  return writer->Close();
}

}  // namespace duijie::mining
