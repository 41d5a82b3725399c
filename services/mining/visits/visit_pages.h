// SPDX-License-Identifier: GPL-3.0-or-later
// The documents as HTML made for print. Pure.
#pragma once

#include <string>

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

std::string PlanPage(const v1::VisitPlan& plan, const TaxonomySet& taxonomies);
std::string BriefPage(const v1::VisitBrief& brief, const TaxonomySet& taxonomies);
std::string RecordPage(const v1::Visit& visit, const TaxonomySet& taxonomies);
std::string LedgerPage(const v1::VisitLedger& ledger, const TaxonomySet& taxonomies);

}  // namespace duijie::mining
