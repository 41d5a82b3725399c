// SPDX-License-Identifier: GPL-3.0-or-later
// A run's results as a file: .xlsx, CSV or TREC lines. Results are read page by page, filtered for the
// caller, and written straight to the file, so memory does not grow with the run.
#pragma once

#include <string>

#include "duijie/v1/match_service.pb.h"
#include "services/matching/run_results.h"

namespace duijie::matching {

inline constexpr size_t kRecordSheets = 200;  // records that get a sheet of reasons

struct ExportJob {
  const RunResults& results;
  const internal::v1::StoredRun& run;
  v1::MatchRunFormat format = v1::MATCH_RUN_FORMAT_XLSX;
  std::string path;         // of the file to make
  std::string temp_folder;  // for the writer's own temporary files
};

// Errors: RESOURCE_EXHAUSTED (TABLE_TOO_LARGE) if a workbook cannot hold the pairs: ask for CSV.
Status ExportRun(const rpc::CallContext& call, const ExportJob& job);

}  // namespace duijie::matching
