// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/enterprise_history.h"

#include <algorithm>

#include "common/text/encoding.h"

namespace duijie::mining {
namespace {

constexpr size_t kMaxNeedsScanned = 1'000'000;
constexpr size_t kFindingsShown = 200;  // code points
constexpr size_t kBlock = 100;

}  // namespace

StatusOr<NeedsOfEnterprise> ReadNeedsOf(const CatalogView& catalog, const std::string& enterprise) {
  v1::RecordFilter filter;
  filter.add_enterprises(enterprise);
  NeedsOfEnterprise found;
  const auto add = [&](const internal::v1::Record& record) {
    if (SeesInFull(catalog.call().principal(), record.need())) found.needs.push_back(record.need());
  };
  DUIJIE_ASSIGN_OR_RETURN(found.revision,
                          catalog.ForEach(v1::COLLECTION_NEEDS, filter, 0, kMaxNeedsScanned, add));
  std::stable_sort(found.needs.begin(), found.needs.end(), [](const v1::Need& a, const v1::Need& b) {
    return MicrosOf(a.create_time()) > MicrosOf(b.create_time());
  });
  return found;
}

v1::BriefNeed EntryOf(const v1::Need& need) {
  v1::BriefNeed entry;
  entry.set_need(need.name());
  entry.set_title(need.title());
  entry.set_state(need.state());
  entry.set_entered_on(FormatDay(DayInChina(MicrosOf(need.create_time()))));
  entry.set_was_valid(WasValid(need));
  return entry;
}

StatusOr<std::vector<v1::Visit>> ReadVisitsTo(const VisitContext& context, const Principal& caller,
                                              const std::string& enterprise) {
  std::vector<v1::Visit> visits;
  std::string position;
  const auto keep = [&](const v1::Visit& visit) {
    return MaySeeVisit(caller, visit) && visit.state() != v1::VISIT_STATE_CANCELLED;
  };
  do {
    DUIJIE_ASSIGN_OR_RETURN(
        auto page, context.tables.visits.ListByIndex(kVisitsByEnterprise, DatedKey(enterprise, ""), position,
                                                     kBlock, keep));
    std::move(page.items.begin(), page.items.end(), std::back_inserter(visits));
    position = page.next;
  } while (!position.empty());
  std::reverse(visits.begin(), visits.end());
  return visits;
}

v1::BriefVisit EntryOf(const v1::Visit& visit) {
  v1::BriefVisit entry;
  entry.set_visit(visit.name());
  entry.set_date(visit.date());
  entry.set_state(visit.state());
  *entry.mutable_expert_titles() = visit.expert_titles();
  entry.set_findings(TruncateCodePoints(visit.findings(), kFindingsShown));
  return entry;
}

}  // namespace duijie::mining
