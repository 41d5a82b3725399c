// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a table to its end and checks what table_reader.h promises of every table, good or bad.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "common/tabular/table_reader.h"
#include "common/text/encoding.h"
#include "tests/fuzz/check.h"

namespace duijie::fuzz {

// Small, so that inputs of a few kilobytes reach every limit.
inline TableLimits SmallLimits() {
  TableLimits limits;
  limits.max_file_bytes = 256 << 10;
  limits.max_rows = 64;
  limits.max_columns = 12;
  limits.max_cell_bytes = 200;
  limits.max_uncompressed_bytes = 512 << 10;
  limits.max_shared_string_bytes = 4 << 10;
  return limits;
}

struct ReadTable {
  std::vector<std::string> header;
  std::vector<Row> rows;
  size_t row_errors = 0;
  std::string final_reason;  // "" if the table was read to its end
  bool operator==(const ReadTable&) const = default;
};

inline void CheckRow(const Row& row, const std::vector<std::string>& header, TableFormat format,
                     const TableLimits& limits) {
  FUZZ_CHECK(format == TableFormat::kJsonl || row.fields.size() == header.size());
  FUZZ_CHECK(row.fields.size() <= limits.max_columns);
  std::set<std::string> names;
  bool empty = true;
  for (size_t i = 0; i < row.fields.size(); ++i) {
    const auto& [name, value] = row.fields[i];
    FUZZ_CHECK(format == TableFormat::kJsonl || name == header[i]);
    FUZZ_CHECK(!name.empty());
    FUZZ_CHECK(names.insert(name).second);
    FUZZ_CHECK(IsValidUtf8(name));
    FUZZ_CHECK(IsValidUtf8(value));
    FUZZ_CHECK(value.size() <= limits.max_cell_bytes);
    empty = empty && value.empty();
  }
  // Elsewhere what is filled may be in a column without heading.
  FUZZ_CHECK(!empty || format != TableFormat::kJsonl);
}

inline ReadTable ReadWholeTable(std::string_view bytes, TableFormat format, const TableLimits& limits) {
  ReadTable table;
  const auto reader = OpenTableFromMemory(std::string(bytes), format, limits, {});
  if (!reader.ok()) {
    FUZZ_CHECK(!ReasonOf(reader.status()).empty());
    table.final_reason = ReasonOf(reader.status());
    return table;
  }
  table.header = (*reader)->header();
  Row row;
  size_t last_number = 0;
  for (;;) {
    const StatusOr<bool> more = (*reader)->Next(&row);
    if (!more.ok() && !IsRowError(more.status())) {
      table.final_reason = ReasonOf(more.status());
      FUZZ_CHECK(!table.final_reason.empty());
      FUZZ_CHECK((*reader)->Next(&row).status() == more.status());
      return table;
    }
    if (!more.ok()) {
      ++table.row_errors;
      continue;
    }
    if (!*more) break;
    FUZZ_CHECK(row.number > last_number);
    last_number = row.number;
    CheckRow(row, table.header, format, limits);
    table.rows.push_back(row);
    FUZZ_CHECK(table.rows.size() <= limits.max_rows);
  }
  const StatusOr<bool> after_end = (*reader)->Next(&row);
  FUZZ_CHECK(after_end.ok());
  FUZZ_CHECK(!*after_end);
  return table;
}

// The same, twice: a table reads the same each time.
inline ReadTable CheckTable(std::string_view bytes, TableFormat format) {
  ReadTable table = ReadWholeTable(bytes, format, SmallLimits());
  FUZZ_CHECK(ReadWholeTable(bytes, format, SmallLimits()) == table);
  return table;
}

}  // namespace duijie::fuzz
