// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/facet_values.h"

#include <set>
#include <utility>

#include "services/search/index_schema.h"

namespace duijie::search {
namespace {

constexpr int kFieldFacetLevels = 1;
constexpr int kIndustryFacetLevels = 2;

using Values = std::set<std::pair<int, std::string>>;

template <typename Codes>
void AddTopLevels(const Codes& codes, const Taxonomy& taxonomy, int levels, v1::FacetKind kind,
                  Values* values) {
  for (const std::string& code : codes) {
    for (const std::string& ancestor : taxonomy.AncestorsOf(code)) {
      if (taxonomy.Find(ancestor)->level <= levels) values->emplace(kind, ancestor);
    }
  }
}

}  // namespace

std::string EncodeFacetValues(const IndexedRecord& record, const TaxonomySet& taxonomies) {
  const internal::v1::RecordFacts& facts = record.facts;
  Values values;
  AddTopLevels(facts.field_codes(), taxonomies.fields, kFieldFacetLevels, v1::FACET_KIND_FIELD, &values);
  AddTopLevels(facts.industry_codes(), taxonomies.industries, kIndustryFacetLevels, v1::FACET_KIND_INDUSTRY,
               &values);
  if (!facts.region_code().empty()) {
    values.emplace(v1::FACET_KIND_REGION, ProvinceOf(facts.region_code()));
    values.emplace(v1::FACET_KIND_REGION, CityOf(facts.region_code()));
  }
  const bool is_need = record.name.starts_with("needs/");
  if (facts.maturity_level() > 0 && !is_need) {
    values.emplace(v1::FACET_KIND_MATURITY, std::to_string(facts.maturity_level()));
  }
  for (const int mode : facts.cooperation_modes()) {
    values.emplace(v1::FACET_KIND_COOPERATION_MODE, std::to_string(mode));
  }
  values.emplace(v1::FACET_KIND_STATE, std::to_string(record.access.state));
  if (record.need_type != v1::NEED_TYPE_UNSPECIFIED) {
    values.emplace(v1::FACET_KIND_NEED_TYPE, std::to_string(record.need_type));
  }
  for (const std::string& library : record.source_libraries)
    values.emplace(v1::FACET_KIND_SOURCE_LIBRARY, library);

  std::string out;
  const bool anonymous = record.access.tier == v1::CONFIDENTIALITY_TIER_ANONYMOUS;
  PutVarint(anonymous ? 1 : 0, &out);
  if (anonymous) {
    PutVarint(record.access.state, &out);
    PutString(record.access.park_code, &out);
    PutString(record.access.enterprise, &out);
  }
  for (const auto& [kind, value] : values) {
    PutVarint(static_cast<uint64_t>(kind), &out);
    PutString(value, &out);
  }
  return out;
}

}  // namespace duijie::search
