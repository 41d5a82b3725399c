// SPDX-License-Identifier: GPL-3.0-or-later
// Reads whole tables for comparison.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/tabular/table_reader.h"
#include "tests/support/status_matchers.h"

namespace duijie::testing {

// Everything a reader gave: rows, and the errors between them.
struct ReadResult {
  std::vector<std::string> header;
  std::vector<Row> rows;
  std::vector<Status> row_errors;
  Status final_error;

  // The values of row i.
  std::vector<std::string> Values(size_t i) const {
    std::vector<std::string> values;
    for (const Field& field : rows.at(i).fields) values.push_back(field.value);
    return values;
  }
};

inline ReadResult ReadAll(StatusOr<std::unique_ptr<TableReader>> reader) {
  ReadResult result;
  result.final_error = reader.status();
  if (!reader.ok()) return result;
  result.header = (*reader)->header();
  Row row;
  for (;;) {
    const StatusOr<bool> more = (*reader)->Next(&row);
    if (more.ok() && !*more) return result;
    if (more.ok()) {
      result.rows.push_back(row);
    } else if (IsRowError(more.status())) {
      result.row_errors.push_back(more.status());
    } else {
      result.final_error = more.status();
      return result;
    }
  }
}

inline ReadResult ReadMemory(std::string bytes, TableFormat format, const TableLimits& limits = {},
                             const TableOptions& options = {}) {
  return ReadAll(OpenTableFromMemory(std::move(bytes), format, limits, options));
}

inline std::string ErrorMessage(const Status& status) { return std::string(MessageOf(status)); }

}  // namespace duijie::testing
