// SPDX-License-Identifier: GPL-3.0-or-later
// One pass over the file of an import: plans every row, reports, and hands good rows on in batches.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_reader.h"
#include "services/catalog/importer.h"
#include "services/catalog/row_planner.h"

namespace duijie::catalog {

// Collects reports and counts, and sends them as responses.
class ImportReporter {
 public:
  ImportReporter(const ImportHooks& hooks) : hooks_(hooks) {}

  // Rejected rows are reported in full, the others counted.
  Status Row(const v1::RowReport& report);
  Status Finish(bool committed, Revision revision, const TableBinding& binding);
  const v1::ImportSummary& summary() const { return summary_; }

 private:
  Status Send();

  const ImportHooks& hooks_;
  v1::ImportSummary summary_;
  v1::ImportRecordsResponse response_;
};

// The file, opened; errors are those of Importer::Run.
StatusOr<std::unique_ptr<TableReader>> OpenImport(const v1::ImportHeader& header, const std::string& path,
                                                  std::string_view first_bytes);

// Reads up to `limit` rows; unreadable ones come as an error in place. False at the end.
struct ReadRow {
  Row row;
  Status error;  // of this row only
};
StatusOr<bool> ReadRows(TableReader* reader, size_t limit, std::vector<ReadRow>* rows);

// Plans one row, readable or not.
StatusOr<RowPlan> PlanRow(RowPlanner* planner, const ReadRow& row);

// TABLE_… reasons of the readers as reasons of the API.
Status TranslateTableError(const Status& status);

}  // namespace duijie::catalog
