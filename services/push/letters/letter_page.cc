// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/letters/letter_page.h"

#include "common/base/calendar.h"
#include "common/documents/html_writer.h"

namespace duijie::push {
namespace {

std::string DayText(UnixMicros time) {
  const std::chrono::year_month_day day{DayInChina(time)};
  return std::to_string(static_cast<int>(day.year())) + " 年 " +
         std::to_string(static_cast<unsigned>(day.month())) + " 月 " +
         std::to_string(static_cast<unsigned>(day.day())) + " 日";
}

std::string Quoted(const google::protobuf::RepeatedPtrField<v1::PushCitation>& citations) {
  std::string text;
  for (const v1::PushCitation& citation : citations)
    text += (text.empty() ? "" : "；") + ("“" + citation.quote() + "”");
  return text;
}

std::string VerdictText(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_SATISFIED:
      return "满足";
    case v1::VERDICT_PARTLY:
      return "部分满足";
    case v1::VERDICT_VIOLATED:
      return "不满足";
    default:
      return "未说明";
  }
}

void AddReasons(const v1::PushReasons& reasons, HtmlWriter* page) {
  HtmlWriter::Facts facts;
  facts.emplace_back("贵企业提出", Quoted(reasons.need_fields()));
  facts.emplace_back("贵企业情况", Quoted(reasons.enterprise_fields()));
  facts.emplace_back("成果写明", Quoted(reasons.achievement_sentences()));
  page->FactTable(facts);
  std::vector<HtmlWriter::Row> rows;
  for (const v1::FitRow& row : reasons.fit_rows()) {
    rows.push_back({row.indicator(), row.demand(), row.stated().empty() ? "—" : row.stated(),
                    VerdictText(row.verdict())});
  }
  if (!rows.empty()) page->Table({"指标", "贵企业要求", "成果写明", "结论"}, rows);
  for (const std::string& remark : reasons.remarks()) page->Note(remark);
}

}  // namespace

std::string LetterPage(const Letter& letter) {
  HtmlWriter page("科技成果定向推送函");
  page.Title("科技成果定向推送函");
  page.PlainLine(letter.enterprise_title + "：");
  page.Paragraph("根据贵企业提出的技术需求和所属产业，现定向推送下列 " +
                 std::to_string(letter.pushes.size()) +
                 " 项科技成果，并逐项说明理由。是否对接由贵企业决定。");
  int number = 0;
  for (const v1::Push& push : letter.pushes) {
    page.Section(std::to_string(++number) + ". " + push.achievement_title());
    if (!push.need_title().empty()) page.PlainLine("对应需求：" + push.need_title());
    AddReasons(push.reasons(), &page);
    page.Note("推送编号 " + push.name() + "　成果编号 " + push.achievement());
  }
  page.Section("如何答复");
  page.Paragraph(
      "请在收件箱中对每项成果选择“感兴趣”或“不合适”；选择“不合适”时请选原因并写明理由，以便今后推送更合用。"
      "如不愿再收到推送，可在推送偏好中退订。");
  page.RightAligned(letter.sender);
  page.RightAligned(DayText(letter.written));
  return std::move(page).Finish();
}

}  // namespace duijie::push
