// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/fit_view.h"

#include <cmath>
#include <cstdio>

#include "services/duijie/labels.h"

namespace duijie {
namespace {

constexpr double kManyTimes = 10;  // margins from here on are written as multiples

// "+6.3%", "-20%", "-31倍"; "" where no figures were compared.
std::string MarginText(const v1::FitRow& row) {
  if (!row.has_margin()) return "";
  const bool many = std::abs(row.margin()) >= kManyTimes;
  char text[64];
  std::snprintf(text, sizeof(text), many ? "%+.0f倍" : "%+.3g%%", many ? row.margin() : row.margin() * 100);
  return text;
}

Style StyleOf(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_SATISFIED:
      return Style::kGood;
    case v1::VERDICT_VIOLATED:
      return Style::kBad;
    default:
      return Style::kWarning;
  }
}

const char* MarkOf(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_SATISFIED:
      return "✓";
    case v1::VERDICT_PARTLY:
      return "◐";
    case v1::VERDICT_VIOLATED:
      return "✗";
    default:
      return "？";
  }
}

}  // namespace

StyledText VerdictMark(v1::Verdict verdict) { return {MarkOf(verdict), StyleOf(verdict)}; }

std::string FitCounts(const v1::FitTable& fit) {
  std::string text;
  const auto add = [&](v1::Verdict verdict, int count) {
    if (count > 0) text += (text.empty() ? "" : " ") + std::string(MarkOf(verdict)) + std::to_string(count);
  };
  add(v1::VERDICT_SATISFIED, fit.satisfied());
  add(v1::VERDICT_PARTLY, fit.partly());
  add(v1::VERDICT_VIOLATED, fit.violated());
  add(v1::VERDICT_NOT_STATED, fit.not_stated());
  return text;
}

Table FitRows(const v1::FitTable& fit) {
  Table table{{{"结论"},
               {"指标", Align::kLeft, true},
               {"需求要求", Align::kLeft, true},
               {"成果所述", Align::kLeft, true},
               {"换算", Align::kLeft, true},
               {"余量", Align::kRight}},
              {}};
  for (const v1::FitRow& row : fit.rows()) {
    StyledText verdict(MarkOf(row.verdict()), StyleOf(row.verdict()));
    verdict.Append(" " + EnumLabel(row.verdict()), StyleOf(row.verdict()));
    table.rows.push_back(
        {verdict, row.indicator(), row.demand(), row.stated(), row.conversion(), MarginText(row)});
  }
  return table;
}

std::vector<StyledText> FitQuotes(const v1::FitTable& fit) {
  std::vector<StyledText> lines;
  std::string demand;  // the sentence shown last: several figures often stand in one
  for (const v1::FitRow& row : fit.rows()) {
    lines.push_back(
        StyledText("   ").Append(MarkOf(row.verdict()), StyleOf(row.verdict())).Append(" " + row.text()));
    if (!row.demand_quote().empty() && row.demand_quote() != demand) {
      demand = row.demand_quote();
      lines.emplace_back("     需求原文：“" + demand + "”", Style::kDim);
    }
    if (!row.stated_quote().empty())
      lines.emplace_back("     成果原文：“" + row.stated_quote() + "”", Style::kDim);
  }
  return lines;
}

std::vector<StyledText> NextActionLines(const v1::MatchExplanation& explanation) {
  std::vector<StyledText> lines;
  for (const v1::NextAction& action : explanation.next_actions()) {
    StyledText line("   → ", Style::kDim);
    lines.push_back(line.Append(EnumLabel(action.kind()), Style::kBold).Append("  " + action.text()));
  }
  return lines;
}

}  // namespace duijie
