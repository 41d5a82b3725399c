// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/mining/visits/visit_ledger.h"

#include <algorithm>
#include <set>

#include "services/mining/visits/visit_days.h"

namespace duijie::mining {
namespace {

v1::VisitLedgerEntry EntryOf(const v1::Visit& visit) {
  v1::VisitLedgerEntry entry;
  entry.set_visit(visit.name());
  entry.set_enterprise(visit.enterprise());
  entry.set_enterprise_title(visit.enterprise_title());
  entry.set_credit_code(visit.credit_code());
  entry.set_region_code(visit.region_code());
  entry.set_park_code(visit.park_code());
  entry.set_date(visit.date());
  entry.set_state(visit.state());
  *entry.mutable_expert_titles() = visit.expert_titles();
  *entry.mutable_needs() = visit.needs();
  return entry;
}

}  // namespace

v1::VisitLedger LedgerOf(int year, int target, std::vector<v1::Visit> visits) {
  std::sort(visits.begin(), visits.end(), [](const v1::Visit& a, const v1::Visit& b) {
    return std::tie(a.date(), a.name()) < std::tie(b.date(), b.name());
  });
  v1::VisitLedger ledger;
  ledger.set_year(year);
  ledger.set_target(target);
  std::set<std::string> counted, needs;
  for (const v1::Visit& visit : visits) {
    const auto day = ParseVisitDay(visit.date());
    if (!day || YearOf(*day) != year || visit.state() == v1::VISIT_STATE_CANCELLED) continue;
    v1::VisitLedgerEntry& entry = *ledger.add_entries() = EntryOf(visit);
    if (visit.state() != v1::VISIT_STATE_SIGNED) {
      entry.set_not_counted_because(visit.state() == v1::VISIT_STATE_HELD ? "双方尚未签字" : "尚未走访");
      continue;
    }
    ledger.set_signed_visits(ledger.signed_visits() + 1);
    needs.insert(visit.needs().begin(), visit.needs().end());
    if (visit.credit_code().empty()) {
      entry.set_not_counted_because("没有统一社会信用代码");
    } else if (!counted.insert(visit.credit_code()).second) {
      entry.set_not_counted_because("本年已计数");
    } else {
      entry.set_counted(true);
      entry.set_number(static_cast<int>(counted.size()));
    }
  }
  ledger.set_enterprises(static_cast<int>(counted.size()));
  ledger.set_needs(static_cast<int>(needs.size()));
  return ledger;
}

}  // namespace duijie::mining
