// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/enterprise_facts.h"

#include <algorithm>

#include "common/resources/resource_table.h"
#include "services/mining/visits/visit_flow.h"

namespace duijie::mining {
namespace {

constexpr int kPushPage = 1'000;  // limit of ListPushes
constexpr int64_t kMaxPushes = 100'000;
constexpr size_t kMaxNeeds = 1'000'000;

bool IsWelcome(v1::PushState state) {
  return state == v1::PUSH_STATE_INTERESTED || state == v1::PUSH_STATE_IN_TALKS ||
         state == v1::PUSH_STATE_CONTRACTED;
}

// Whether the latest step up to that moment says so.
bool WasWelcome(const v1::Push& push, UnixMicros at) {
  v1::PushState state = push.history().empty() ? push.state() : v1::PUSH_STATE_UNSPECIFIED;
  for (const v1::PushStep& step : push.history()) {
    if (MicrosOf(step.time()) <= at) state = step.to();
  }
  return IsWelcome(state);
}

Status GatherNeeds(const CatalogView& catalog, int64_t revision, std::vector<EnterpriseFacts>* enterprises) {
  std::map<std::string, EnterpriseFacts*> by_name;
  for (EnterpriseFacts& enterprise : *enterprises) by_name[enterprise.record.name()] = &enterprise;
  const auto count = [&](const internal::v1::Record& record) {
    const auto enterprise = by_name.find(record.need().enterprise());
    if (enterprise == by_name.end() || !SeesInFull(catalog.call().principal(), record.need())) return;
    ++enterprise->second->needs;
    if (WasValid(record.need())) ++enterprise->second->valid_needs;
  };
  return catalog.ForEach(v1::COLLECTION_NEEDS, {}, revision, kMaxNeeds, count).status();
}

}  // namespace

StatusOr<int64_t> GatherEnterprises(const CatalogView& catalog, v1::RecordFilter filter, int64_t revision,
                                    const std::map<std::string, Day>& last_visits,
                                    std::vector<EnterpriseFacts>* enterprises) {
  filter.add_states(v1::RECORD_STATE_PUBLISHED);
  const auto add = [&](const internal::v1::Record& record) {
    if (!SeesInFull(catalog.call().principal(), record.enterprise())) return;
    EnterpriseFacts& facts = enterprises->emplace_back();
    facts.record = record.enterprise();
    if (const auto last = last_visits.find(facts.record.name()); last != last_visits.end()) {
      facts.last_visit = last->second;
    }
  };
  DUIJIE_ASSIGN_OR_RETURN(
      revision, catalog.ForEach(v1::COLLECTION_ENTERPRISES, filter, revision, kMaxFlowEnterprises, add));
  DUIJIE_RETURN_IF_ERROR(GatherNeeds(catalog, revision, enterprises));
  return revision;
}

Status CountWelcomedPushes(const ListPushes& list_pushes, const rpc::CallContext& call, UnixMicros at,
                           std::vector<EnterpriseFacts>* enterprises) {
  if (list_pushes == nullptr) return OkStatus();
  std::map<std::string, int> welcomed;
  int64_t seen = 0;
  // States that a welcomed push may have come to since.
  for (const v1::PushState state : {v1::PUSH_STATE_INTERESTED, v1::PUSH_STATE_IN_TALKS,
                                    v1::PUSH_STATE_CONTRACTED, v1::PUSH_STATE_ENDED}) {
    v1::ListPushesRequest request;
    request.set_state(state);
    request.set_page_size(kPushPage);
    do {
      DUIJIE_ASSIGN_OR_RETURN(const auto page, list_pushes(call, request));
      for (const v1::Push& push : page.pushes()) {
        if (WasWelcome(push, at)) ++welcomed[push.enterprise()];
      }
      seen += page.pushes_size();
      if (seen > kMaxPushes) return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "推送过多，无法统计");
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
  }
  for (EnterpriseFacts& enterprise : *enterprises) {
    const auto found = welcomed.find(enterprise.record.name());
    if (found != welcomed.end()) enterprise.welcomed_pushes = found->second;
  }
  return OkStatus();
}

std::map<std::string, Day> LastVisits(const std::vector<v1::Visit>& visits, std::optional<Day> until) {
  std::map<std::string, Day> last;
  for (const v1::Visit& visit : visits) {
    if (visit.state() != v1::VISIT_STATE_HELD && visit.state() != v1::VISIT_STATE_SIGNED) continue;
    const std::optional<Day> day = ParseVisitDay(visit.date());
    if (!day || (until && *day > *until)) continue;
    const auto [entry, is_new] = last.emplace(visit.enterprise(), *day);
    if (!is_new) entry->second = std::max(entry->second, *day);
  }
  return last;
}

}  // namespace duijie::mining
