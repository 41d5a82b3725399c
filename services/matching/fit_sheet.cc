// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/fit_sheet.h"

#include "services/matching/wording.h"

namespace duijie::matching {

const std::vector<XlsxColumn>& FitSheetColumns() {
  static const std::vector<XlsxColumn> kColumns = {
      {"记录编号", 22},       {"记录名称", 30, true}, {"名次", 6},
      {"对方编号", 22},       {"对方名称", 30, true}, {"指标", 20, true},
      {"需求要求", 20, true}, {"成果所述", 24, true}, {"结论", 10},
      {"换算", 24, true},     {"余量", 10},           {"需求原文", 50, true},
      {"成果原文", 50, true}, {"说明", 50, true}};
  return kColumns;
}

std::vector<std::vector<TableCell>> FitSheetRows(const v1::MatchResult& result, bool from_need) {
  std::vector<std::vector<TableCell>> rows;
  for (const v1::FitRow& row : result.explanation().fit().rows()) {
    rows.push_back(
        {TableCell::Text(from_need ? result.need() : result.achievement()),
         TableCell::Text(from_need ? result.need_title() : result.achievement_title()),
         TableCell::Number(result.rank()), TableCell::Text(from_need ? result.achievement() : result.need()),
         TableCell::Text(from_need ? result.achievement_title() : result.need_title()),
         TableCell::Text(row.indicator()), TableCell::Text(row.demand()), TableCell::Text(row.stated()),
         TableCell::Text(VerdictName(row.verdict())), TableCell::Text(row.conversion()),
         row.has_margin() ? TableCell::Number(row.margin()) : TableCell(),
         TableCell::Text(row.demand_quote()), TableCell::Text(row.stated_quote()),
         TableCell::Text(row.text())});
  }
  return rows;
}

std::string NextActionsText(const v1::MatchExplanation& explanation) {
  std::string text;
  for (const v1::NextAction& action : explanation.next_actions())
    text += (text.empty() ? "" : "\n") + NextActionName(action.kind()) + "：" + action.text();
  return text;
}

}  // namespace duijie::matching
