// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as CSV; a table that reads without an error is written and must read back the same.
#include <string>

#include "common/tabular/csv_writer.h"
#include "tests/fuzz/table_promises.h"

namespace duijie::fuzz {
namespace {

std::string Written(const ReadTable& table) {
  std::string out;
  CsvWriter writer(&out, {});
  std::vector<TableCell> cells;
  for (const std::string& heading : table.header) cells.push_back(TableCell::Text(heading));
  FUZZ_CHECK(writer.WriteRow(cells).ok());
  for (const Row& row : table.rows) {
    cells.clear();
    for (const Field& field : row.fields) cells.push_back(TableCell::Text(field.value));
    FUZZ_CHECK(writer.WriteRow(cells).ok());
  }
  return out;
}

void CheckCsv(std::string_view bytes) {
  const ReadTable table = CheckTable(bytes, TableFormat::kCsv);
  if (!table.final_reason.empty() || table.row_errors > 0) return;
  const ReadTable again = ReadWholeTable(Written(table), TableFormat::kCsv, TableLimits());
  FUZZ_CHECK(again.final_reason.empty());
  FUZZ_CHECK(again.header == table.header);
  FUZZ_CHECK(again.rows.size() == table.rows.size());
  for (size_t i = 0; i < table.rows.size(); ++i) FUZZ_CHECK(again.rows[i].fields == table.rows[i].fields);
}

}  // namespace
}  // namespace duijie::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  duijie::fuzz::CheckCsv(duijie::fuzz::BytesOf(data, size));
  return 0;
}
