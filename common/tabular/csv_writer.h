// SPDX-License-Identifier: GPL-3.0-or-later
// Writes CSV (RFC 4180: comma, CRLF, quotes doubled) as UTF-8.
//
// Text that a spreadsheet program would run as a formula gets an apostrophe in front; OpenTable takes it away
// again. Numbers are written in their shortest exact form and are never guarded. Ill-formed UTF-8 and NUL
// become U+FFFD.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_cell.h"

namespace duijie {

struct CsvOptions {
  bool byte_order_mark = true;  // Excel takes a file without it for the system's code page
};

// Appends to a buffer of the caller, who sends or stores it and may clear it between rows. Not thread-safe.
class CsvWriter {
 public:
  // `out` must outlive the writer.
  CsvWriter(std::string* out, const CsvOptions& options);

  // INVALID_ARGUMENT TABLE_CELL_INVALID, with nothing written, if a number is not finite or a date is no day.
  Status WriteRow(const std::vector<TableCell>& cells);

 private:
  std::string* const out_;
};

}  // namespace duijie
