// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/filter_checks.h"

#include "common/taxonomy/filter_codes.h"

namespace duijie::matching {
namespace {

constexpr int kMaxCodes = 50;
constexpr int kMaxParks = 20;
constexpr int kMaxLevel = 9;

struct ListLimit {
  const char* field;
  int size;
  int limit;
};

void CheckSizes(const v1::RecordFilter& filter, const std::string& path, std::vector<FieldViolation>* wrong) {
  const ListLimit limits[] = {
      {"field_codes", filter.field_codes_size(), kMaxCodes},
      {"industry_codes", filter.industry_codes_size(), kMaxCodes},
      {"region_codes", filter.region_codes_size(), kMaxCodes},
      {"park_codes", filter.park_codes_size(), kMaxParks},
      {"source_libraries", filter.source_libraries_size(), kMaxParks},
      {"enterprises", filter.enterprises_size(), kMaxCodes},
      {"owner_credit_codes", filter.owner_credit_codes_size(), kMaxCodes},
  };
  for (const ListLimit& list : limits) {
    if (list.size <= list.limit) continue;
    wrong->push_back({path + "." + list.field, "TOO_MANY", "最多" + std::to_string(list.limit) + "项"});
  }
}

}  // namespace

void CheckFilter(const v1::RecordFilter& filter, v1::Collection collection, const TaxonomySet& taxonomies,
                 const std::string& path, std::vector<FieldViolation>* wrong) {
  CheckSizes(filter, path, wrong);
  CheckFilterCodes(filter, taxonomies, path, wrong);
  const auto refuse = [&](bool is_set, const char* field) {
    if (is_set) wrong->push_back({path + "." + field, "NOT_APPLICABLE", "这类记录没有此项"});
  };
  if (collection == v1::COLLECTION_ACHIEVEMENTS) {
    refuse(!filter.park_codes().empty(), "park_codes");
    refuse(!filter.need_types().empty(), "need_types");
    refuse(!filter.enterprises().empty(), "enterprises");
  } else {
    refuse(filter.maturity_min() != 0, "maturity_min");
    refuse(filter.maturity_max() != 0, "maturity_max");
    refuse(!filter.owner_credit_codes().empty(), "owner_credit_codes");
  }
  if (filter.maturity_min() < 0 || filter.maturity_min() > kMaxLevel) {
    wrong->push_back({path + ".maturity_min", "OUT_OF_RANGE", "成熟度须为1至9"});
  }
  if (filter.maturity_max() < 0 || filter.maturity_max() > kMaxLevel) {
    wrong->push_back({path + ".maturity_max", "OUT_OF_RANGE", "成熟度须为1至9"});
  }
}

}  // namespace duijie::matching
