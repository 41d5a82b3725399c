// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "common/taxonomy/filter_codes.h"
#include "services/search/record_query.h"

namespace duijie::search {
namespace {

constexpr int kMaxCodes = 50;
constexpr int kMaxParks = 20;
constexpr int kMaxModes = 8;
constexpr int kMaxStates = 8;
constexpr int kMaxSourceLibraries = 20;
constexpr int kMaxNeedTypes = 8;
constexpr size_t kMaxCodeBytes = 200;
constexpr double kMaxPriceWanYuan = 100'000'000;

bool IsDate(const std::string& text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
  }
  const int month = std::stoi(text.substr(5, 2));
  const int day = std::stoi(text.substr(8, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

class FilterCheck {
 public:
  FilterCheck(std::string path, v1::Collection collection)
      : path_(std::move(path)), collection_(collection) {}

  void Fail(const std::string& field, const char* rule, std::string description) {
    violations_.push_back({path_ + "." + field, rule, std::move(description)});
  }

  template <typename List>
  void AtMost(const List& list, int limit, const std::string& field) {
    if (list.size() > limit) Fail(field, "TOO_MANY", "最多 " + std::to_string(limit) + " 项");
  }

  template <typename List>
  void Texts(const List& list, int limit, const std::string& field) {
    AtMost(list, limit, field);
    for (const std::string& text : list) {
      if (text.empty() || text.size() > kMaxCodeBytes) Fail(field, "BAD_CODE", "代码不能为空或过长");
    }
  }

  void OnlyFor(v1::Collection collection, bool present, const std::string& field) {
    if (present && collection_ != collection) Fail(field, "FIELD_NOT_APPLICABLE", "此类记录没有这个筛选项");
  }

  void Codes(const v1::RecordFilter& filter, const TaxonomySet& taxonomies) {
    CheckFilterCodes(filter, taxonomies, path_, &violations_);
  }

  Status Result() const { return violations_.empty() ? OkStatus() : InvalidFields(violations_); }

 private:
  std::string path_;
  v1::Collection collection_;
  std::vector<FieldViolation> violations_;
};

void CheckMaturity(const v1::RecordFilter& filter, FilterCheck* check) {
  constexpr int kLevels = kMaturityLevels;
  const auto in_range = [&](int level) { return level >= 0 && level <= kLevels; };
  if (!in_range(filter.maturity_min())) check->Fail("maturity_min", "OUT_OF_RANGE", "成熟度须为 1 至 9");
  if (!in_range(filter.maturity_max())) check->Fail("maturity_max", "OUT_OF_RANGE", "成熟度须为 1 至 9");
  if (filter.maturity_max() != 0 && filter.maturity_min() > filter.maturity_max()) {
    check->Fail("maturity_max", "RANGE_ORDER", "成熟度上限低于下限");
  }
}

void CheckPrices(const v1::RecordFilter& filter, FilterCheck* check) {
  const auto is_price = [](double price) {
    return std::isfinite(price) && price >= 0 && price <= kMaxPriceWanYuan;
  };
  const bool has_min = filter.has_price_min_wan_yuan();
  const bool has_max = filter.has_price_max_wan_yuan();
  if (has_min && !is_price(filter.price_min_wan_yuan())) {
    check->Fail("price_min_wan_yuan", "OUT_OF_RANGE", "金额须在 0 至 1 亿万元之间");
  }
  if (has_max && !is_price(filter.price_max_wan_yuan())) {
    check->Fail("price_max_wan_yuan", "OUT_OF_RANGE", "金额须在 0 至 1 亿万元之间");
  }
  if (has_min && has_max && filter.price_min_wan_yuan() > filter.price_max_wan_yuan()) {
    check->Fail("price_max_wan_yuan", "RANGE_ORDER", "金额上限低于下限");
  }
}

void CheckFields(const v1::RecordFilter& filter, FilterCheck* check) {
  check->Texts(filter.field_codes(), kMaxCodes, "field_codes");
  check->Texts(filter.industry_codes(), kMaxCodes, "industry_codes");
  check->Texts(filter.region_codes(), kMaxCodes, "region_codes");
  check->Texts(filter.park_codes(), kMaxParks, "park_codes");
  check->Texts(filter.source_libraries(), kMaxSourceLibraries, "source_libraries");
  check->Texts(filter.enterprises(), kMaxCodes, "enterprises");
  check->Texts(filter.owner_credit_codes(), kMaxCodes, "owner_credit_codes");
  check->AtMost(filter.states(), kMaxStates, "states");
  check->AtMost(filter.cooperation_modes(), kMaxModes, "cooperation_modes");
  check->AtMost(filter.need_types(), kMaxNeedTypes, "need_types");
  CheckMaturity(filter, check);
  CheckPrices(filter, check);
  if (!filter.valid_on().empty() && !IsDate(filter.valid_on())) {
    check->Fail("valid_on", "BAD_DATE", "日期格式应为 YYYY-MM-DD");
  }
  check->OnlyFor(v1::COLLECTION_NEEDS, !filter.park_codes().empty(), "park_codes");
  check->OnlyFor(v1::COLLECTION_NEEDS, !filter.enterprises().empty(), "enterprises");
  check->OnlyFor(v1::COLLECTION_NEEDS, !filter.need_types().empty(), "need_types");
  check->OnlyFor(v1::COLLECTION_ACHIEVEMENTS, !filter.owner_credit_codes().empty(), "owner_credit_codes");
  check->OnlyFor(v1::COLLECTION_ACHIEVEMENTS, filter.maturity_min() != 0, "maturity_min");
  check->OnlyFor(v1::COLLECTION_ACHIEVEMENTS, filter.maturity_max() != 0, "maturity_max");
}

}  // namespace

Status ValidateCollection(v1::Collection collection) {
  if (collection == v1::COLLECTION_ACHIEVEMENTS || collection == v1::COLLECTION_NEEDS) return OkStatus();
  return InvalidField("collection", "NOT_SEARCHABLE", "只能检索成果或需求");
}

Status ValidateFilter(const v1::RecordFilter& filter, v1::Collection collection,
                      const TaxonomySet& taxonomies, const std::string& path) {
  FilterCheck check(path, collection);
  CheckFields(filter, &check);
  check.Codes(filter, taxonomies);
  return check.Result();
}

Status ValidateFilter(const v1::RecordFilter& filter, v1::Collection collection, const std::string& path) {
  FilterCheck check(path, collection);
  CheckFields(filter, &check);
  return check.Result();
}

}  // namespace duijie::search
