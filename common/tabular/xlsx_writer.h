// SPDX-License-Identifier: GPL-3.0-or-later
// Writes an .xlsx workbook in constant memory. The same calls give the same bytes (zip entries carry a fixed
// date, the creation time is given). The implementation is the only file that includes libxlsxwriter.
//
// Sheets: each keeps its rows in a temporary file of its own until Close, so several may be filled in turn,
// but rows of one sheet only downwards, and the number of sheets is limited by open files. Text is always
// stored as a string, so nothing in it is ever run as a formula. Text beyond what a cell can hold is cut and
// says so at its end; ill-formed UTF-8 and NUL become U+FFFD; other control characters are kept.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/tabular/table_cell.h"

namespace duijie {

inline constexpr size_t kMaxXlsxSheets = 256;
inline constexpr size_t kMaxXlsxRows = 1'048'576;     // of a sheet, with the heading; set by the format
inline constexpr size_t kMaxXlsxColumns = 16'384;     // set by the format
inline constexpr size_t kMaxXlsxCellUnits = 32'767;   // UTF-16 units; set by the format
inline constexpr size_t kMaxXlsxSheetNameUnits = 31;  // UTF-16 units; set by the format

struct XlsxOptions {
  UnixMicros created = 0;   // shown as the document's creation time; must be at least one second past 1970
  std::string temp_folder;  // for the rows of open sheets; empty: the system's
};

struct XlsxColumn {
  std::string heading;
  double width_chars = 16;  // of a half-width digit
  bool wrap = false;        // break long text into lines
};

using XlsxSheetId = size_t;

// Not thread-safe; different writers may be used by different threads. Without Close no file is made.
class XlsxWriter {
 public:
  // Makes the file at Close; an existing one is overwritten.
  static StatusOr<std::unique_ptr<XlsxWriter>> Create(const std::string& path, const XlsxOptions& options);
  virtual ~XlsxWriter() = default;

  // A sheet with a bold, frozen heading row. The name is made valid: characters that are not allowed become
  // _, it is cut to length, and "(2)" is added if it is taken. RESOURCE_EXHAUSTED TABLE_TOO_LARGE beyond the
  // limits.
  virtual StatusOr<XlsxSheetId> AddSheet(const std::string& name, const std::vector<XlsxColumn>& columns) = 0;

  // The next row of a sheet. Nothing is written on error.
  virtual Status WriteRow(XlsxSheetId sheet, const std::vector<TableCell>& cells) = 0;

  // Writes the file. To be called once, last. INTERNAL TABLE_WRITE_FAILED (disk full, no permission); what
  // was written of the file is removed then.
  virtual Status Close() = 0;
};

}  // namespace duijie
