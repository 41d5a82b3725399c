// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/duijie/filter_options.h"

#include <google/protobuf/util/time_util.h>

#include "services/duijie/exit_codes.h"
#include "services/duijie/labels.h"

namespace duijie {
namespace {

constexpr size_t kDateLength = 10;  // YYYY-MM-DD

template <typename Enum, typename Add>
Status AddEnums(const std::vector<std::string>& texts, Add add) {
  for (const std::string& text : texts) {
    DUIJIE_ASSIGN_OR_RETURN(const Enum value, ParseEnum<Enum>(text));
    add(value);
  }
  return OkStatus();
}

void AddStrings(const std::vector<std::string>& from, google::protobuf::RepeatedPtrField<std::string>* to) {
  for (const std::string& text : from) *to->Add() = text;
}

}  // namespace

void AddFilterOptions(Command command, const std::string& prefix, const std::string& group,
                      FilterOptions* options) {
  const auto list = [&](const char* name, std::vector<std::string>* values, const std::string& help,
                        const char* type) {
    command.AddOption("--" + prefix + name, *values, help).Delimiter(',').TypeName(type).Group(group);
  };
  const auto one = [&](const char* name, auto* value, const std::string& help, const char* type) {
    command.AddOption("--" + prefix + name, *value, help).TypeName(type).Group(group);
  };
  list("field", &options->fields, "技术领域代码（含下级）", "代码");
  list("industry", &options->industries, "国民经济行业代码（含下级）", "代码");
  list("region", &options->regions, "行政区划代码（含下级）", "代码");
  list("park", &options->parks, "园区代码（企业、需求）", "代码");
  list("state", &options->states, "状态：" + EnumChoices(*v1::RecordState_descriptor()), "状态");
  one("maturity-min", &options->maturity_min, "技术成熟度下限，1 到 9（成果）", "级");
  one("maturity-max", &options->maturity_max, "技术成熟度上限，1 到 9（成果）", "级");
  list("mode", &options->modes, "合作方式：" + EnumChoices(*v1::CooperationMode_descriptor()), "方式");
  one("price-min", &options->price_min, "价格或预算下限", "万元");
  one("price-max", &options->price_max, "价格或预算上限", "万元");
  command
      .AddFlag("--" + prefix + "include-unpriced", options->include_unpriced, "有价格条件时保留未标价的记录")
      .Group(group);
  one("valid-on", &options->valid_on, "在这一天有效", "日期");
  list("source", &options->sources, "来源库", "来源库");
  list("need-type", &options->need_types, "需求类型：" + EnumChoices(*v1::NeedType_descriptor()), "类型");
  list("enterprise", &options->enterprises, "企业编号（需求）", "enterprises/编号");
  list("owner", &options->owners, "完成单位统一社会信用代码（成果）", "代码");
  one("updated-after", &options->updated_after, "在此时间之后有变化：2026-01-05 或 RFC 3339", "时间");
}

StatusOr<v1::RecordFilter> ToFilter(const FilterOptions& options) {
  v1::RecordFilter filter;
  AddStrings(options.fields, filter.mutable_field_codes());
  AddStrings(options.industries, filter.mutable_industry_codes());
  AddStrings(options.regions, filter.mutable_region_codes());
  AddStrings(options.parks, filter.mutable_park_codes());
  AddStrings(options.sources, filter.mutable_source_libraries());
  AddStrings(options.enterprises, filter.mutable_enterprises());
  AddStrings(options.owners, filter.mutable_owner_credit_codes());
  DUIJIE_RETURN_IF_ERROR(
      AddEnums<v1::RecordState>(options.states, [&](v1::RecordState value) { filter.add_states(value); }));
  DUIJIE_RETURN_IF_ERROR(AddEnums<v1::CooperationMode>(
      options.modes, [&](v1::CooperationMode value) { filter.add_cooperation_modes(value); }));
  DUIJIE_RETURN_IF_ERROR(
      AddEnums<v1::NeedType>(options.need_types, [&](v1::NeedType value) { filter.add_need_types(value); }));
  filter.set_maturity_min(options.maturity_min);
  filter.set_maturity_max(options.maturity_max);
  if (options.price_min) filter.set_price_min_wan_yuan(*options.price_min);
  if (options.price_max) filter.set_price_max_wan_yuan(*options.price_max);
  filter.set_include_unpriced(options.include_unpriced);
  filter.set_valid_on(options.valid_on);
  if (!options.updated_after.empty()) {
    DUIJIE_ASSIGN_OR_RETURN(*filter.mutable_updated_after(), ParseTime(options.updated_after));
  }
  return filter;
}

StatusOr<google::protobuf::Timestamp> ParseTime(const std::string& text) {
  google::protobuf::Timestamp time;
  const std::string full = text.size() == kDateLength ? text + "T00:00:00+08:00" : text;
  if (!google::protobuf::util::TimeUtil::FromString(full, &time)) {
    return UsageError("时间应写作 2026-01-05 或 2026-01-05T08:00:00+08:00：" + text);
  }
  return time;
}

}  // namespace duijie
