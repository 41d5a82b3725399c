// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/indexed_record.h"

#include <algorithm>
#include <charconv>

#include "common/base/calendar.h"
#include "common/base/proto_time.h"

namespace duijie::search {
namespace {

std::string DateOf(const google::protobuf::Timestamp& time) { return FormatDay(DayInChina(MicrosOf(time))); }

std::string NumberText(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return std::string(text, end);
}

void AddText(const std::string& text, StoredTexts* texts) {
  if (!text.empty()) texts->body.push_back(text);
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += "；";
    out += part;
  }
  return out;
}

std::string IndicatorText(const v1::Indicator& indicator) {
  std::string text = indicator.name();
  if (indicator.has_value()) text += " " + NumberText(indicator.value());
  if (indicator.has_upper_value()) text += "~" + NumberText(indicator.upper_value());
  text += indicator.unit();
  if (!indicator.condition().empty()) text += " " + indicator.condition();
  return text;
}

template <typename Indicators>
std::string IndicatorsText(const Indicators& indicators) {
  std::vector<std::string> texts;
  for (const v1::Indicator& indicator : indicators) texts.push_back(IndicatorText(indicator));
  return Joined(texts);
}

// What achievements and needs name alike.
template <typename R>
void FillCommon(const R& record, IndexedRecord* out) {
  out->name = record.name();
  out->revision = record.revision();
  out->access.state = record.state();
  out->access.tier = record.tier();
  out->texts.title = record.title();
  out->texts.keywords.assign(record.keywords().begin(), record.keywords().end());
  *out->facts.mutable_field_codes() = record.field_codes();
  *out->facts.mutable_industry_codes() = record.industry_codes();
  *out->facts.mutable_cooperation_modes() = record.cooperation_modes();
  out->facts.set_region_code(record.region_code());
  out->facts.set_valid_from(record.valid_from());
  out->facts.set_valid_until(record.valid_until());
  if (record.has_update_time()) out->facts.set_fresh_on(DateOf(record.update_time()));
  for (const v1::Provenance& provenance : record.provenances()) {
    out->source_libraries.push_back(provenance.source_library());
  }
  out->update_micros = MicrosOf(record.update_time());
}

void AddIdentifyingTexts(const v1::Achievement& record, StoredTexts* texts) {
  AddText(record.owner_name(), texts);
  AddText(Joined({record.contributors().begin(), record.contributors().end()}), texts);
  AddText(record.registration_number(), texts);
  AddText(record.background_rights(), texts);
  AddText(record.award(), texts);
  AddText(record.programme_number(), texts);
  std::vector<std::string> numbers;
  for (const v1::IntellectualProperty& property : record.intellectual_properties()) {
    numbers.push_back(property.number());
  }
  AddText(Joined(numbers), texts);
}

IndexedRecord FromAchievement(const v1::Achievement& record) {
  IndexedRecord out;
  FillCommon(record, &out);
  StoredTexts& texts = out.texts;
  AddText(record.summary(), &texts);
  AddText(record.problem_solved(), &texts);
  AddText(record.advantage(), &texts);
  AddText(IndicatorsText(record.indicators()), &texts);
  AddText(record.form(), &texts);
  AddText(record.taker_requirements(), &texts);
  AddText(record.economic_comparison(), &texts);
  AddText(record.reference_users(), &texts);
  out.counted_body = texts.body.size();
  AddText(record.maturity_evidence(), &texts);
  AddText(Joined({record.attribute(), record.standing(), record.evaluation_method()}), &texts);
  if (record.tier() != v1::CONFIDENTIALITY_TIER_ANONYMOUS) AddIdentifyingTexts(record, &texts);
  out.owner_credit_code = record.owner_credit_code();
  out.facts.set_maturity_level(record.maturity_level());
  if (record.has_price_min_wan_yuan()) out.facts.set_price_min_wan_yuan(record.price_min_wan_yuan());
  if (record.has_price_max_wan_yuan()) out.facts.set_price_max_wan_yuan(record.price_max_wan_yuan());
  if (record.reconfirmed_on() > out.facts.fresh_on()) out.facts.set_fresh_on(record.reconfirmed_on());
  return out;
}

IndexedRecord FromNeed(const v1::Need& record) {
  IndexedRecord out;
  FillCommon(record, &out);
  out.access.park_code = record.park_code();
  out.access.enterprise = record.enterprise();
  StoredTexts& texts = out.texts;
  AddText(record.description(), &texts);
  AddText(record.current_practice(), &texts);
  AddText(IndicatorsText(record.targets()), &texts);
  AddText(record.site_constraints(), &texts);
  const v1::ImportSubstitution& replaced = record.import_substitution();
  AddText(Joined({replaced.product(), replaced.maker(), replaced.specification()}), &texts);
  out.counted_body = texts.body.size();
  AddText(record.tried(), &texts);
  AddText(record.must_not(), &texts);
  AddText(Joined({record.quantity(), record.payment()}), &texts);
  out.need_type = record.type();
  out.facts.set_maturity_level(record.min_maturity_level());
  if (record.has_budget_min_wan_yuan()) out.facts.set_price_min_wan_yuan(record.budget_min_wan_yuan());
  if (record.has_budget_max_wan_yuan()) out.facts.set_price_max_wan_yuan(record.budget_max_wan_yuan());
  *out.facts.mutable_acceptable_region_codes() = record.acceptable_region_codes();
  out.facts.set_rights_stance(record.rights_stance());
  return out;
}

}  // namespace

std::optional<IndexedRecord> ToIndexedRecord(const internal::v1::Record& record) {
  if (record.has_achievement()) return FromAchievement(record.achievement());
  if (record.has_need()) return FromNeed(record.need());
  return std::nullopt;
}

}  // namespace duijie::search
