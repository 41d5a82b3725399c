// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/taxonomy/filter_codes.h"

namespace duijie {
namespace {

using Codes = google::protobuf::RepeatedPtrField<std::string>;

template <typename IsKnown>
void CheckCodes(const Codes& codes, const std::string& field, const char* problem, IsKnown is_known,
                std::vector<FieldViolation>* wrong) {
  for (int i = 0; i < codes.size(); ++i) {
    if (!is_known(codes[i])) {
      wrong->push_back({field + "[" + std::to_string(i) + "]", "UNKNOWN_CODE", problem});
    }
  }
}

}  // namespace

void CheckFilterCodes(const v1::RecordFilter& filter, const TaxonomySet& taxonomies, const std::string& path,
                      std::vector<FieldViolation>* wrong) {
  const auto in = [](const Taxonomy& table) {
    return [&table](const std::string& code) { return table.Find(code) != nullptr; };
  };
  constexpr const char* kNoCode = "代码表中没有此代码";
  CheckCodes(filter.field_codes(), path + ".field_codes", kNoCode, in(taxonomies.fields), wrong);
  CheckCodes(filter.industry_codes(), path + ".industry_codes", kNoCode, in(taxonomies.industries), wrong);
  CheckCodes(filter.region_codes(), path + ".region_codes", kNoCode, in(taxonomies.regions), wrong);
  const auto is_park = [&](const std::string& code) { return taxonomies.FindPark(code) != nullptr; };
  CheckCodes(filter.park_codes(), path + ".park_codes", "园区表中没有此代码", is_park, wrong);
}

}  // namespace duijie
