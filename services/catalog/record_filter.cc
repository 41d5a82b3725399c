// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/record_filter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "common/base/proto_time.h"
#include "common/taxonomy/filter_codes.h"
#include "services/catalog/catalog_keys.h"
#include "services/catalog/catalog_validation.h"
#include "services/catalog/stored_record.h"

namespace duijie::catalog {
namespace {

constexpr int kMaxCodes = 50;
constexpr int kMaxParks = 20;
constexpr int kMaxModes = 8;
constexpr int kMaxLibraries = 20;
constexpr int kMaxTypes = 8;

// Which collections have the field.
bool HasFields(v1::Collection c) { return c != v1::COLLECTION_ENTERPRISES; }
bool HasPark(v1::Collection c) { return c == v1::COLLECTION_ENTERPRISES || c == v1::COLLECTION_NEEDS; }
bool HasPrice(v1::Collection c) { return c == v1::COLLECTION_ACHIEVEMENTS || c == v1::COLLECTION_NEEDS; }

class FilterValidator {
 public:
  FilterValidator(const v1::RecordFilter& filter, v1::Collection collection, const TaxonomySet& taxonomies)
      : filter_(filter), collection_(collection), taxonomies_(taxonomies) {}

  Violations Run() {
    Applicability();
    CheckCount("filter.field_codes", filter_.field_codes_size(), kMaxCodes, &out_);
    CheckCount("filter.industry_codes", filter_.industry_codes_size(), kMaxCodes, &out_);
    CheckCount("filter.region_codes", filter_.region_codes_size(), kMaxCodes, &out_);
    CheckCount("filter.park_codes", filter_.park_codes_size(), kMaxParks, &out_);
    CheckFilterCodes(filter_, taxonomies_, "filter", &out_);
    Enums("filter.states", filter_.states(), v1::RecordState_descriptor(), kMaxListEntries);
    Maturity();
    Enums("filter.cooperation_modes", filter_.cooperation_modes(), v1::CooperationMode_descriptor(),
          kMaxModes);
    Price();
    CheckDate("filter.valid_on", filter_.valid_on(), &out_);
    Libraries();
    Enums("filter.need_types", filter_.need_types(), v1::NeedType_descriptor(), kMaxTypes);
    Enterprises();
    CheckCount("filter.owner_credit_codes", filter_.owner_credit_codes_size(), kMaxCodes, &out_);
    for (int i = 0; i < filter_.owner_credit_codes_size(); ++i) {
      CheckCreditCode(At("filter.owner_credit_codes", i), filter_.owner_credit_codes(i), &out_);
    }
    return std::move(out_);
  }

 private:
  void Need(const char* field, bool set, bool has) {
    if (set && !has) out_.push_back({field, "FIELD_NOT_APPLICABLE", "此类记录没有这个筛选项"});
  }
  void Applicability() {
    const bool needs = collection_ == v1::COLLECTION_NEEDS;
    const bool achievements = collection_ == v1::COLLECTION_ACHIEVEMENTS;
    Need("filter.field_codes", filter_.field_codes_size() > 0, HasFields(collection_));
    Need("filter.park_codes", filter_.park_codes_size() > 0, HasPark(collection_));
    Need("filter.maturity_min", filter_.maturity_min() != 0, achievements);
    Need("filter.maturity_max", filter_.maturity_max() != 0, achievements);
    Need("filter.cooperation_modes", filter_.cooperation_modes_size() > 0, HasPrice(collection_));
    Need("filter.price_min_wan_yuan", filter_.has_price_min_wan_yuan(), HasPrice(collection_));
    Need("filter.price_max_wan_yuan", filter_.has_price_max_wan_yuan(), HasPrice(collection_));
    Need("filter.include_unpriced", filter_.include_unpriced(), HasPrice(collection_));
    Need("filter.need_types", filter_.need_types_size() > 0, needs);
    Need("filter.enterprises", filter_.enterprises_size() > 0, needs);
    Need("filter.owner_credit_codes", filter_.owner_credit_codes_size() > 0, achievements);
  }
  void Enums(const std::string& field, const google::protobuf::RepeatedField<int>& values,
             const google::protobuf::EnumDescriptor* type, int max) {
    CheckCount(field, values.size(), max, &out_);
    for (int i = 0; i < values.size(); ++i) CheckEnum(At(field, i), values[i], type, false, &out_);
  }
  void Maturity() {
    CheckLevel("filter.maturity_min", filter_.maturity_min(), kMaxMaturityLevel, &out_);
    CheckLevel("filter.maturity_max", filter_.maturity_max(), kMaxMaturityLevel, &out_);
    if (filter_.maturity_max() != 0 && filter_.maturity_max() < filter_.maturity_min()) {
      out_.push_back({"filter.maturity_max", "RANGE_ORDER", "上限不得低于下限"});
    }
  }
  void Price() {
    if (filter_.has_price_min_wan_yuan())
      CheckMoney("filter.price_min_wan_yuan", filter_.price_min_wan_yuan(), &out_);
    if (filter_.has_price_max_wan_yuan())
      CheckMoney("filter.price_max_wan_yuan", filter_.price_max_wan_yuan(), &out_);
    if (filter_.has_price_min_wan_yuan() && filter_.has_price_max_wan_yuan() &&
        filter_.price_max_wan_yuan() < filter_.price_min_wan_yuan()) {
      out_.push_back({"filter.price_max_wan_yuan", "RANGE_ORDER", "上限不得低于下限"});
    }
  }
  void Libraries() {
    CheckCount("filter.source_libraries", filter_.source_libraries_size(), kMaxLibraries, &out_);
    for (int i = 0; i < filter_.source_libraries_size(); ++i) {
      if (!IsValidSourceLibrary(filter_.source_libraries(i))) {
        out_.push_back({At("filter.source_libraries", i), "INVALID_SOURCE_LIBRARY",
                        "来源库代码应为 1 到 64 个 a-z、0-9、._- 字符"});
      }
    }
  }
  void Enterprises() {
    CheckCount("filter.enterprises", filter_.enterprises_size(), kMaxCodes, &out_);
    for (int i = 0; i < filter_.enterprises_size(); ++i) {
      const auto name = ParseName(filter_.enterprises(i));
      if (!name || name->collection != v1::COLLECTION_ENTERPRISES) {
        out_.push_back({At("filter.enterprises", i), "INVALID_NAME", "应为 enterprises/{id}"});
      }
    }
  }

  const v1::RecordFilter& filter_;
  const v1::Collection collection_;
  const TaxonomySet& taxonomies_;
  Violations out_;
};

template <typename Values, typename Value>
bool Contains(const Values& values, const Value& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

template <typename Codes, typename Wanted>
bool AnyWithin(const Codes& codes, const Wanted& wanted, const Taxonomy& taxonomy) {
  if (wanted.empty()) return true;
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& ancestor) {
      return taxonomy.IsSelfOrDescendant(code, ancestor);
    });
  });
}

struct Money {
  std::optional<double> min, max;
};
Money PriceOf(const v1::Achievement& a) {
  Money money;
  if (a.has_price_min_wan_yuan()) money.min = a.price_min_wan_yuan();
  if (a.has_price_max_wan_yuan()) money.max = a.price_max_wan_yuan();
  return money;
}
Money PriceOf(const v1::Need& n) {
  Money money;
  if (n.has_budget_min_wan_yuan()) money.min = n.budget_min_wan_yuan();
  if (n.has_budget_max_wan_yuan()) money.max = n.budget_max_wan_yuan();
  return money;
}

// A missing end of the record's range or of the filter's is no bound.
bool PricePasses(const Money& price, const v1::RecordFilter& filter) {
  if (!filter.has_price_min_wan_yuan() && !filter.has_price_max_wan_yuan()) return true;
  if (!price.min && !price.max) return filter.include_unpriced();
  const double low = price.min.value_or(0);
  const double high = price.max.value_or(std::numeric_limits<double>::infinity());
  return (!filter.has_price_min_wan_yuan() || high >= filter.price_min_wan_yuan()) &&
         (!filter.has_price_max_wan_yuan() || low <= filter.price_max_wan_yuan());
}

bool MaturityPasses(int level, const v1::RecordFilter& filter) {
  if (filter.maturity_min() == 0 && filter.maturity_max() == 0) return true;
  return level != 0 && level >= filter.maturity_min() &&
         (filter.maturity_max() == 0 || level <= filter.maturity_max());
}

template <typename Record>
bool CommonPasses(const Record& r, const v1::RecordFilter& filter, const TaxonomySet& taxonomies) {
  if (!filter.states().empty() && !Contains(filter.states(), static_cast<int>(r.state()))) return false;
  if (!AnyWithin(r.industry_codes(), filter.industry_codes(), taxonomies.industries)) return false;
  if (!filter.region_codes().empty() &&
      !AnyWithin(std::vector<std::string>{r.region_code()}, filter.region_codes(), taxonomies.regions)) {
    return false;
  }
  if (!filter.valid_on().empty() && ((!r.valid_from().empty() && filter.valid_on() < r.valid_from()) ||
                                     (!r.valid_until().empty() && filter.valid_on() > r.valid_until()))) {
    return false;
  }
  if (filter.has_updated_after() && MicrosOf(r.update_time()) < MicrosOf(filter.updated_after()))
    return false;
  return filter.source_libraries().empty() ||
         std::any_of(r.provenances().begin(), r.provenances().end(), [&](const v1::Provenance& provenance) {
           return Contains(filter.source_libraries(), provenance.source_library());
         });
}

template <typename Record>
bool ParkPasses(const Record& r, const v1::RecordFilter& filter) {
  return filter.park_codes().empty() || Contains(filter.park_codes(), r.park_code());
}

template <typename Record>
bool ModePasses(const Record& r, const v1::RecordFilter& filter) {
  return filter.cooperation_modes().empty() ||
         std::any_of(r.cooperation_modes().begin(), r.cooperation_modes().end(),
                     [&](int mode) { return Contains(filter.cooperation_modes(), mode); });
}

bool OwnPasses(const v1::Achievement& a, const v1::RecordFilter& filter, const TaxonomySet& taxonomies) {
  return AnyWithin(a.field_codes(), filter.field_codes(), taxonomies.fields) &&
         MaturityPasses(a.maturity_level(), filter) && ModePasses(a, filter) &&
         PricePasses(PriceOf(a), filter) &&
         (filter.owner_credit_codes().empty() ||
          Contains(filter.owner_credit_codes(), a.owner_credit_code()));
}
bool OwnPasses(const v1::Enterprise& e, const v1::RecordFilter& filter, const TaxonomySet&) {
  return ParkPasses(e, filter);
}
bool OwnPasses(const v1::Need& n, const v1::RecordFilter& filter, const TaxonomySet& taxonomies) {
  return AnyWithin(n.field_codes(), filter.field_codes(), taxonomies.fields) && ParkPasses(n, filter) &&
         ModePasses(n, filter) && PricePasses(PriceOf(n), filter) &&
         (filter.need_types().empty() || Contains(filter.need_types(), static_cast<int>(n.type()))) &&
         (filter.enterprises().empty() || Contains(filter.enterprises(), n.enterprise()));
}
bool OwnPasses(const v1::Expert& e, const v1::RecordFilter& filter, const TaxonomySet& taxonomies) {
  return AnyWithin(e.field_codes(), filter.field_codes(), taxonomies.fields);
}

}  // namespace

Violations ValidateFilter(const v1::RecordFilter& filter, v1::Collection collection,
                          const TaxonomySet& taxonomies) {
  return FilterValidator(filter, collection, taxonomies).Run();
}

bool Passes(const AnyRecord& record, const v1::RecordFilter& filter, const TaxonomySet& taxonomies) {
  return std::visit(
      [&](const auto& r) { return CommonPasses(r, filter, taxonomies) && OwnPasses(r, filter, taxonomies); },
      record);
}

}  // namespace duijie::catalog
