// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_catalog.h"

#include <algorithm>
#include <map>

#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/resources/resource_table.h"
#include "services/mining/visits/visit_flow.h"

namespace duijie::mining {
namespace {

constexpr int kPushPage = 1'000;  // limit of ListPushes
constexpr int64_t kMaxPushes = 100'000;
constexpr int kScanPage = 2'000;         // limit of ScanRecords
constexpr size_t kMaxExperts = 2'000;    // read for one plan
constexpr size_t kMaxNeeds = 1'000'000;  // read for one plan

v1::ConfidentialityTier TierOr(v1::ConfidentialityTier tier, v1::ConfidentialityTier fallback) {
  return tier == v1::CONFIDENTIALITY_TIER_UNSPECIFIED ? fallback : tier;
}

v1::RecordFilter PublishedOnly() {
  v1::RecordFilter filter;
  filter.add_states(v1::RECORD_STATE_PUBLISHED);
  return filter;
}

Status GatherExperts(const VisitCatalog& catalog, const v1::VisitDemands& demands, PlanningInput* input) {
  if (!demands.experts().empty()) {
    DUIJIE_ASSIGN_OR_RETURN(input->experts, catalog.Experts(demands.experts(), "demands.experts"));
  } else {
    const auto add = [&](const internal::v1::Record& record) {
      if (SeesInFull(catalog.call().principal(), record.expert())) input->experts.push_back(record.expert());
    };
    DUIJIE_RETURN_IF_ERROR(
        catalog.ForEach(v1::COLLECTION_EXPERTS, PublishedOnly(), input->snapshot_revision, kMaxExperts, add)
            .status());
  }
  std::sort(input->experts.begin(), input->experts.end(),
            [](const v1::Expert& a, const v1::Expert& b) { return a.name() < b.name(); });
  return OkStatus();
}

Status GatherNeeds(const VisitCatalog& catalog, PlanningInput* input) {
  std::map<std::string, EnterpriseFacts*> by_name;
  for (EnterpriseFacts& enterprise : input->enterprises) by_name[enterprise.record.name()] = &enterprise;
  const auto count = [&](const internal::v1::Record& record) {
    const auto enterprise = by_name.find(record.need().enterprise());
    if (enterprise == by_name.end() || !SeesInFull(catalog.call().principal(), record.need())) return;
    ++enterprise->second->needs;
    if (WasValid(record.need())) ++enterprise->second->valid_needs;
  };
  return catalog.ForEach(v1::COLLECTION_NEEDS, {}, input->snapshot_revision, kMaxNeeds, count).status();
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

StatusOr<internal::v1::ReadRecordsResponse> VisitCatalog::Read(const std::vector<std::string>& names) const {
  internal::v1::ReadRecordsRequest request;
  for (const std::string& name : names) request.add_names(name);
  return peers_.read_records(call_, request);
}

StatusOr<v1::Enterprise> VisitCatalog::Enterprise(const std::string& name) const {
  if (!IdIn("enterprises", name)) return NoSuchResource();
  DUIJIE_ASSIGN_OR_RETURN(const auto response, Read({name}));
  const v1::Enterprise& enterprise = response.records(0).enterprise();
  if (!response.records(0).has_enterprise() || !SeesInFull(call_.principal(), enterprise)) {
    return NoSuchResource();
  }
  return enterprise;
}

StatusOr<std::vector<v1::Expert>> VisitCatalog::ExpertsOf(const std::vector<std::string>& names,
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

StatusOr<std::vector<v1::Need>> VisitCatalog::Needs(const std::vector<std::string>& names) const {
  std::vector<v1::Need> needs;
  if (names.empty()) return needs;
  DUIJIE_ASSIGN_OR_RETURN(const auto response, Read(names));
  for (const internal::v1::Record& record : response.records()) {
    if (record.has_need() && SeesInFull(call_.principal(), record.need())) needs.push_back(record.need());
  }
  return needs;
}

StatusOr<int64_t> VisitCatalog::ForEach(v1::Collection collection, const v1::RecordFilter& filter,
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

Status CountWelcomedPushes(const rpc::PeerCall<v1::ListPushesRequest, v1::ListPushesResponse>& list_pushes,
                           const rpc::CallContext& call, PlanningInput* input) {
  if (list_pushes == nullptr) return OkStatus();
  std::map<std::string, int> welcomed;
  int64_t seen = 0;
  for (const v1::PushState state :
       {v1::PUSH_STATE_INTERESTED, v1::PUSH_STATE_IN_TALKS, v1::PUSH_STATE_CONTRACTED}) {
    v1::ListPushesRequest request;
    request.set_state(state);
    request.set_page_size(kPushPage);
    do {
      DUIJIE_ASSIGN_OR_RETURN(const auto page, list_pushes(call, request));
      for (const v1::Push& push : page.pushes()) ++welcomed[push.enterprise()];
      seen += page.pushes_size();
      if (seen > kMaxPushes) return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "推送过多，无法统计");
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  for (EnterpriseFacts& enterprise : input->enterprises) {
    const auto found = welcomed.find(enterprise.record.name());
    if (found != welcomed.end()) enterprise.welcomed_pushes = found->second;
  }
  return OkStatus();
}

StatusOr<PlanningInput> GatherPlanningFacts(const VisitCatalog& catalog, const v1::VisitPlan& plan,
                                            const std::map<std::string, Day>& last_visits) {
  PlanningInput input;
  input.plan = plan.name();
  input.demands = plan.demands();
  input.year = plan.year();
  v1::RecordFilter filter = PublishedOnly();
  *filter.mutable_park_codes() = plan.demands().park_codes();
  *filter.mutable_region_codes() = plan.demands().region_codes();
  *filter.mutable_industry_codes() = plan.demands().industry_codes();
  const auto add = [&](const internal::v1::Record& record) {
    if (!SeesInFull(catalog.call().principal(), record.enterprise())) return;
    EnterpriseFacts& facts = input.enterprises.emplace_back();
    facts.record = record.enterprise();
    if (const auto last = last_visits.find(facts.record.name()); last != last_visits.end()) {
      facts.last_visit = last->second;
    }
  };
  DUIJIE_ASSIGN_OR_RETURN(input.snapshot_revision,
                          catalog.ForEach(v1::COLLECTION_ENTERPRISES, filter, 0, kMaxFlowEnterprises, add));
  DUIJIE_RETURN_IF_ERROR(GatherExperts(catalog, plan.demands(), &input));
  DUIJIE_RETURN_IF_ERROR(GatherNeeds(catalog, &input));
  return input;
}

}  // namespace duijie::mining
