// SPDX-License-Identifier: GPL-3.0-or-later
// The documents as .xlsx files. The same message and time give the same bytes.
#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/taxonomy/taxonomy_set.h"
#include "duijie/v1/visit.pb.h"

namespace duijie::mining {

struct WorkbookPlace {
  std::string path;         // of the file to make
  std::string temp_folder;  // for the writer's own temporary files
  UnixMicros created = 0;
};

// Errors as XlsxWriter's.
Status WritePlanWorkbook(const v1::VisitPlan& plan, const TaxonomySet& taxonomies,
                         const WorkbookPlace& place);
Status WriteRecordWorkbook(const v1::Visit& visit, const TaxonomySet& taxonomies, const WorkbookPlace& place);
Status WriteLedgerWorkbook(const v1::VisitLedger& ledger, const TaxonomySet& taxonomies,
                           const WorkbookPlace& place);

}  // namespace duijie::mining
