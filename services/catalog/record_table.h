// SPDX-License-Identifier: GPL-3.0-or-later
// Records as rows of a table in one of the three formats.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/tabular/table_cell.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/column_table.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

// The columns that an export writes: all but contacts and what no record holds.
std::vector<const Column*> ExportColumns(v1::Collection collection);

// The text of any such column, fields and others.
std::string ExportCell(const Column& column, const AnyRecord& record);

// Takes rows and hands on bytes. Not thread-safe.
class RecordTable {
 public:
  using Sink = std::function<Status(std::string_view bytes)>;
  virtual ~RecordTable() = default;
  virtual Status Write(const AnyRecord& record) = 0;
  virtual Status Close() = 0;
};

// `temp_path`: where a workbook is built; removed by Close or destruction. UNSPECIFIED means CSV.
StatusOr<std::unique_ptr<RecordTable>> NewRecordTable(v1::Collection collection, v1::TableFormat format,
                                                      const std::string& temp_path, UnixMicros now,
                                                      RecordTable::Sink sink);

// Sends a file in pieces of at most kMaxExportChunkBytes.
Status SendFile(const std::string& path, const RecordTable::Sink& sink);

}  // namespace duijie::catalog
