// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/match_view.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "services/duijie/fit_view.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

std::string Formatted(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

StyledText TermsLine(const v1::MatchExplanation& explanation) {
  StyledText line("   词语：", Style::kDim);
  bool first = true;
  for (const v1::MatchedTerm& term : explanation.terms()) {
    if (!first) line.Append("、");
    first = false;
    line.Append(term.term(), Style::kMatch);
    if (!term.met_as().empty()) line.Append("（" + term.met_as() + "）");
    line.Append(Formatted(" %.0f%%", term.share() * 100));
  }
  return line;
}

StyledText RelatedLine(const v1::MatchExplanation& explanation) {
  StyledText line("   相关：", Style::kDim);
  bool first = true;
  for (const v1::RelatedTerm& related : explanation.related_terms()) {
    line.Append(first ? "" : "、")
        .Append(related.term())
        .Append(" ≈ ")
        .Append(related.met_as(), Style::kMatch);
    first = false;
  }
  return line;
}

StyledText FeatureLine(const v1::FeatureContribution& feature) {
  StyledText line(Formatted("   %+.4f  ", feature.contribution()), Style::kDim);
  return line.Append(feature.text().empty() ? feature.feature() : feature.text());
}

StyledText ConstraintLine(const v1::ConstraintVerdict& constraint) {
  StyledText line("   ");
  const StyledText verdict = VerdictText(constraint.verdict());
  for (const Span& span : verdict.spans()) line.Append(span.text, span.style);
  return line.Append("  " + (constraint.text().empty() ? EnumLabel(constraint.kind()) : constraint.text()));
}

// "✓2 ？4": what is not stated is not met.
StyledText ConstraintCounts(const v1::MatchResult& result) {
  const auto& constraints = result.explanation().constraints();
  const Style style = result.eligible() ? Style::kPlain : Style::kBad;
  if (constraints.empty()) return {result.eligible() ? "未见不满足" : "✗ 有条件不满足", style};
  std::string text;
  for (const auto verdict : {v1::VERDICT_SATISFIED, v1::VERDICT_VIOLATED, v1::VERDICT_NOT_STATED}) {
    const auto count = std::count_if(constraints.begin(), constraints.end(),
                                     [&](const auto& one) { return one.verdict() == verdict; });
    if (count > 0)
      text += (text.empty() ? "" : " ") + VerdictMark(verdict).spans().front().text + std::to_string(count);
  }
  return {text, style};
}

}  // namespace

std::string ScoreText(double score) { return Formatted("%.4f", score); }

Table MatchTable(const MatchResults& results, v1::MatchDirection direction) {
  const bool to_needs = direction == v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS;
  const bool fits = std::any_of(results.begin(), results.end(), [](const v1::MatchResult& result) {
    return result.explanation().fit().rows_size() > 0;
  });
  const bool levels = std::any_of(results.begin(), results.end(), [](const v1::MatchResult& result) {
    return result.level() != v1::MATCH_LEVEL_UNSPECIFIED;
  });
  Table table{{{"名次", Align::kRight}, {"得分", Align::kRight}}, {}};
  if (levels) {
    table.columns.push_back({"等级"});
    table.columns.push_back({"概率", Align::kRight});
  }
  table.columns.push_back({to_needs ? "需求" : "成果", Align::kLeft, true});
  table.columns.push_back({"编号"});
  table.columns.push_back({"条件"});
  if (fits) table.columns.push_back({"指标"});
  for (const v1::MatchResult& result : results) {
    auto& row = table.rows.emplace_back();
    row.emplace_back(std::to_string(result.rank()));
    row.emplace_back(ScoreText(result.score()));
    if (levels) {
      row.emplace_back(EnumLabel(result.level()));
      row.emplace_back(Formatted("%.0f%%", result.probability() * 100));
    }
    row.emplace_back(to_needs ? result.need_title() : result.achievement_title());
    row.emplace_back(to_needs ? result.need() : result.achievement());
    row.emplace_back(ConstraintCounts(result));
    if (fits) row.emplace_back(FitCounts(result.explanation().fit()));
  }
  return table;
}

StyledText VerdictText(v1::Verdict verdict) {
  const Span mark = VerdictMark(verdict).spans().front();
  return {mark.text + " " + EnumLabel(verdict), mark.style};
}

std::vector<StyledText> ExplanationLines(const v1::MatchResult& result) {
  const v1::MatchExplanation& explanation = result.explanation();
  std::vector<StyledText> lines;
  if (!explanation.summary().empty()) lines.emplace_back("   " + explanation.summary());
  if (explanation.terms_size() > 0) lines.push_back(TermsLine(explanation));
  if (explanation.related_terms_size() > 0) lines.push_back(RelatedLine(explanation));
  for (const auto& feature : explanation.features()) {
    if (feature.contribution() != 0) lines.push_back(FeatureLine(feature));
  }
  for (const auto& constraint : explanation.constraints()) lines.push_back(ConstraintLine(constraint));
  return lines;
}

}  // namespace duijie
