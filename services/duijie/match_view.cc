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

}  // namespace

std::string ScoreText(double score) { return Formatted("%.4f", score); }

Table MatchTable(const MatchResults& results, v1::MatchDirection direction) {
  const bool to_needs = direction == v1::MATCH_DIRECTION_ACHIEVEMENT_TO_NEEDS;
  const bool fits = std::any_of(results.begin(), results.end(), [](const v1::MatchResult& result) {
    return result.explanation().fit().rows_size() > 0;
  });
  Table table{{{"名次", Align::kRight},
               {"得分", Align::kRight},
               {to_needs ? "需求" : "成果", Align::kLeft, true},
               {"编号"},
               {"条件"}},
              {}};
  if (fits) table.columns.push_back({"指标"});
  for (const v1::MatchResult& result : results) {
    const StyledText eligible =
        result.eligible() ? StyledText("✓", Style::kGood) : StyledText("✗ 有条件不满足", Style::kBad);
    table.rows.push_back({std::to_string(result.rank()), ScoreText(result.score()),
                          to_needs ? result.need_title() : result.achievement_title(),
                          to_needs ? result.need() : result.achievement(), eligible});
    if (fits) table.rows.back().emplace_back(FitCounts(result.explanation().fit()));
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
