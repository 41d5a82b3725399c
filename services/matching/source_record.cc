// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/source_record.h"

namespace duijie::matching {
namespace {

void AddText(const std::string& text, std::vector<std::string>* texts) {
  if (!text.empty()) texts->push_back(text);
}

void AddFigureText(const std::string& text, FigureTextKind kind, SourceRecord* source) {
  if (text.empty()) return;
  source->figure_texts.push_back({kind, source->body.size()});
  source->body.push_back(text);
}

template <typename Indicators>
void AddIndicators(const Indicators& indicators, std::vector<std::string>* texts) {
  for (const v1::Indicator& indicator : indicators) {
    AddText(indicator.name(), texts);
    AddText(indicator.condition(), texts);
  }
}

// The facts that both kinds of record state under the same names.
template <typename Record>
void CopyCommonFacts(const Record& record, internal::v1::RecordFacts* facts) {
  *facts->mutable_field_codes() = record.field_codes();
  *facts->mutable_industry_codes() = record.industry_codes();
  *facts->mutable_cooperation_modes() = record.cooperation_modes();
  facts->set_region_code(record.region_code());
  facts->set_valid_from(record.valid_from());
  facts->set_valid_until(record.valid_until());
}

}  // namespace

SourceRecord SourceOf(const v1::Need& need) {
  SourceRecord source;
  source.is_need = true;
  source.name = need.name();
  source.title = need.title();
  source.keywords.assign(need.keywords().begin(), need.keywords().end());
  source.revision = need.revision();
  source.figure_texts.push_back({FigureTextKind::kTitle, 0});
  AddFigureText(need.description(), FigureTextKind::kDescription, &source);
  AddFigureText(need.current_practice(), FigureTextKind::kCurrentPractice, &source);
  AddIndicators(need.targets(), &source.body);
  AddText(need.import_substitution().product(), &source.body);
  AddFigureText(need.import_substitution().specification(), FigureTextKind::kSpecification, &source);
  source.indicators.assign(need.targets().begin(), need.targets().end());
  CopyCommonFacts(need, &source.facts);
  source.facts.set_maturity_level(need.min_maturity_level());
  *source.facts.mutable_acceptable_region_codes() = need.acceptable_region_codes();
  source.facts.set_rights_stance(need.rights_stance());
  if (need.has_budget_min_wan_yuan()) source.facts.set_price_min_wan_yuan(need.budget_min_wan_yuan());
  if (need.has_budget_max_wan_yuan()) source.facts.set_price_max_wan_yuan(need.budget_max_wan_yuan());
  source.access = AccessOf(need);
  return source;
}

SourceRecord SourceOf(const v1::Achievement& achievement) {
  SourceRecord source;
  source.name = achievement.name();
  source.title = achievement.title();
  source.keywords.assign(achievement.keywords().begin(), achievement.keywords().end());
  source.revision = achievement.revision();
  source.figure_texts.push_back({FigureTextKind::kTitle, 0});
  AddFigureText(achievement.summary(), FigureTextKind::kSummary, &source);
  AddFigureText(achievement.problem_solved(), FigureTextKind::kProblemSolved, &source);
  AddFigureText(achievement.advantage(), FigureTextKind::kAdvantage, &source);
  source.indicators.assign(achievement.indicators().begin(), achievement.indicators().end());
  AddIndicators(achievement.indicators(), &source.body);
  AddText(achievement.reference_users(), &source.body);
  CopyCommonFacts(achievement, &source.facts);
  source.facts.set_maturity_level(achievement.maturity_level());
  if (achievement.has_price_min_wan_yuan())
    source.facts.set_price_min_wan_yuan(achievement.price_min_wan_yuan());
  if (achievement.has_price_max_wan_yuan())
    source.facts.set_price_max_wan_yuan(achievement.price_max_wan_yuan());
  source.access = AccessOf(achievement);
  return source;
}

}  // namespace duijie::matching
