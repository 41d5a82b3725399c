// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/records/catalog_view.h"

#include <algorithm>

#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/resources/resource_table.h"

namespace duijie::mining {
namespace {

constexpr int kScanPage = 2'000;     // limit of ScanRecords
constexpr size_t kReadPage = 2'000;  // limit of ReadRecords

v1::ConfidentialityTier TierOr(v1::ConfidentialityTier tier, v1::ConfidentialityTier fallback) {
  return tier == v1::CONFIDENTIALITY_TIER_UNSPECIFIED ? fallback : tier;
}

}  // namespace

bool SeesInFull(const Principal& caller, const v1::Enterprise& enterprise) {
  return VisibilityOf(caller, {enterprise.state(), TierOr(enterprise.tier(), v1::CONFIDENTIALITY_TIER_PUBLIC),
                               enterprise.park_code(), enterprise.name()}) == Visibility::kFull;
}

bool SeesInFull(const Principal& caller, const v1::Expert& expert) {
  return VisibilityOf(caller, {expert.state(), TierOr(expert.tier(), v1::CONFIDENTIALITY_TIER_PUBLIC), "",
                               ""}) == Visibility::kFull;
}

bool SeesInFull(const Principal& caller, const v1::Need& need) {
  return VisibilityOf(caller, AccessOf(need)) == Visibility::kFull;
}

bool WasValid(const v1::Need& need) {
  return need.state() == v1::RECORD_STATE_PUBLISHED ||
         std::any_of(need.state_changes().begin(), need.state_changes().end(),
                     [](const v1::StateChange& change) { return change.to() == v1::RECORD_STATE_PUBLISHED; });
}

StatusOr<internal::v1::ReadRecordsResponse> CatalogView::Read(const std::vector<std::string>& names) const {
  internal::v1::ReadRecordsRequest request;
  for (const std::string& name : names) request.add_names(name);
  return peers_.read_records(call_, request);
}

StatusOr<v1::Enterprise> CatalogView::Enterprise(const std::string& name) const {
  if (!IdIn("enterprises", name)) return NoSuchResource();
  DUIJIE_ASSIGN_OR_RETURN(const auto response, Read({name}));
  const v1::Enterprise& enterprise = response.records(0).enterprise();
  if (!response.records(0).has_enterprise() || !SeesInFull(call_.principal(), enterprise)) {
    return NoSuchResource();
  }
  return enterprise;
}

StatusOr<std::vector<v1::Expert>> CatalogView::ExpertsOf(const std::vector<std::string>& names,
                                                         const std::string& field) const {
  const auto at = [&](size_t i) { return field + "[" + std::to_string(i) + "]"; };
  for (size_t i = 0; i < names.size(); ++i) {
    if (!IdIn("experts", names[i])) return InvalidField(at(i), "BAD_NAME", "应为 experts/ 开头的专家编号");
  }
  std::vector<v1::Expert> experts;
  if (names.empty()) return experts;
  DUIJIE_ASSIGN_OR_RETURN(const auto response, Read(names));
  for (size_t i = 0; i < names.size(); ++i) {
    const internal::v1::Record& record = response.records(static_cast<int>(i));
    const bool usable = record.has_expert() && record.expert().state() == v1::RECORD_STATE_PUBLISHED &&
                        SeesInFull(call_.principal(), record.expert());
    if (!usable) return InvalidField(at(i), "NO_SUCH_RECORD", "没有这位专家，或其资料尚未发布");
    experts.push_back(record.expert());
  }
  return experts;
}

StatusOr<std::vector<v1::Need>> CatalogView::Needs(const std::vector<std::string>& names) const {
  std::vector<v1::Need> needs;
  if (names.empty()) return needs;
  DUIJIE_ASSIGN_OR_RETURN(const auto response, Read(names));
  for (const internal::v1::Record& record : response.records()) {
    if (record.has_need() && SeesInFull(call_.principal(), record.need())) needs.push_back(record.need());
  }
  return needs;
}

Status CatalogView::ReadAll(const std::set<std::string>& names, const Visit& visit) const {
  for (auto next = names.begin(); next != names.end();) {
    std::vector<std::string> page;
    for (; next != names.end() && page.size() < kReadPage; ++next) page.push_back(*next);
    DUIJIE_ASSIGN_OR_RETURN(const auto response, Read(page));
    for (const internal::v1::Record& record : response.records()) visit(record);
  }
  return OkStatus();
}

StatusOr<std::map<std::string, v1::Enterprise>> CatalogView::AllEnterprises(
    const std::set<std::string>& names) const {
  std::map<std::string, v1::Enterprise> enterprises;
  DUIJIE_RETURN_IF_ERROR(ReadAll(names, [&](const internal::v1::Record& record) {
    if (record.has_enterprise()) enterprises[record.enterprise().name()] = record.enterprise();
  }));
  return enterprises;
}

StatusOr<std::map<std::string, v1::Need>> CatalogView::AllNeeds(const std::set<std::string>& names) const {
  std::map<std::string, v1::Need> needs;
  DUIJIE_RETURN_IF_ERROR(ReadAll(names, [&](const internal::v1::Record& record) {
    if (record.has_need()) needs[record.need().name()] = record.need();
  }));
  return needs;
}

StatusOr<int64_t> CatalogView::ForEach(v1::Collection collection, const v1::RecordFilter& filter,
                                       int64_t revision, size_t most, const Visit& visit) const {
  internal::v1::ScanRecordsRequest request;
  request.set_collection(collection);
  *request.mutable_filter() = filter;
  request.set_at_revision(revision);
  request.set_limit(kScanPage);
  for (size_t seen = 0;;) {
    DUIJIE_RETURN_IF_ERROR(call_.CheckAlive());
    DUIJIE_ASSIGN_OR_RETURN(const auto page, peers_.scan_records(call_, request));
    seen += static_cast<size_t>(page.records_size());
    if (seen > most) return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "记录过多，请缩小范围");
    for (const internal::v1::Record& record : page.records()) visit(record);
    if (page.done()) return page.revision();
    request.set_at_revision(page.revision());
    request.set_after_id(page.last_id());
  }
}

}  // namespace duijie::mining
