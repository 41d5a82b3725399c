// SPDX-License-Identifier: GPL-3.0-or-later
// The documents as .xlsx files. The same message and time give the same bytes.
#pragma once

#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/visit.pb.h"
#include "services/mining/visits/workbook.h"

namespace duijie::mining {

// Errors as XlsxWriter's.
Status WritePlanWorkbook(const v1::VisitPlan& plan, const TaxonomySet& taxonomies,
                         const WorkbookPlace& place);
Status WriteRecordWorkbook(const v1::Visit& visit, const TaxonomySet& taxonomies, const WorkbookPlace& place);
Status WriteLedgerWorkbook(const v1::VisitLedger& ledger, const TaxonomySet& taxonomies,
                           const WorkbookPlace& place);

}  // namespace duijie::mining
