// SPDX-License-Identifier: GPL-3.0-or-later
// An enterprise's own past, as the caller may see it: its needs and the visits to it. Briefs and profiles
// tell it alike.
#pragma once

#include <string>
#include <vector>

#include "services/mining/records/catalog_view.h"
#include "services/mining/visits/visit_context.h"

namespace duijie::mining {

struct NeedsOfEnterprise {
  std::vector<v1::Need> needs;  // latest first
  int64_t revision = 0;         // of the catalog
};
// Needs of any state that the caller sees in full.
StatusOr<NeedsOfEnterprise> ReadNeedsOf(const CatalogView& catalog, const std::string& enterprise);
v1::BriefNeed EntryOf(const v1::Need& need);

// Visits that were not cancelled and that the caller sees, latest first.
StatusOr<std::vector<v1::Visit>> ReadVisitsTo(const VisitContext& context, const Principal& caller,
                                              const std::string& enterprise);
v1::BriefVisit EntryOf(const v1::Visit& visit);

}  // namespace duijie::mining
