// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a table of named columns from CSV, JSON Lines or .xlsx, one row at a time, in bounded memory.
//
//   DUIJIE_ASSIGN_OR_RETURN(auto reader, OpenTable(path, TableFormat::kXlsx, {}, {}));
//   Row row;
//   for (;;) {
//     StatusOr<bool> more = reader->Next(&row);
//     if (!more.ok() && IsRowError(more.status())) continue;  // note it; the rows after it are still there
//     if (!more.ok()) return more.status();
//     if (!*more) break;
//   }
//
// CSV      RFC 4180 with , tab or ; (found in the heading line), LF or CRLF, UTF-8 (with or without BOM) or
//          GB18030 (decided over the whole file). Short rows are padded, long rows are row errors.
// JSONL    one flat JSON object a line, UTF-8. Numbers keep the text they were written with; null is an empty
//          value; an array of plain values is joined with "；"; anything nested deeper is compact JSON text.
// xlsx     transitional and strict OOXML. Shared and inline strings without phonetic runs; numbers with at
// most
//          15 significant digits and no exponent where that fits; dates "YYYY-MM-DD", with " HH:MM:SS" if
//          there is a time of day; times "HH:MM:SS"; booleans TRUE/FALSE; formulas give their stored result;
//          of merged cells the top-left one has the value; error cells (#N/A) are row errors.
//
// Errors (messages in Chinese for staff, never with cell contents; metadata "row" and "column", both
// 1-based):
//   TABLE_ROW_INVALID           this row only: Next may be called again and gives the following row
//   TABLE_FORMAT_UNSUPPORTED    not such a file, or .xls, password, UTF-16
//   TABLE_HEADING_INVALID       no heading row, or two columns of one name
//   TABLE_SHEET_NOT_FOUND       no sheet of that name
//   TABLE_CORRUPT               damaged or hostile file
//   TABLE_TOO_LARGE             a limit of TableLimits was passed
//   TABLE_UNREADABLE            the file cannot be opened or read
// All but the first are final: every later call returns the same error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie {

struct Field {
  std::string name;   // column heading or JSON key
  std::string value;  // UTF-8; empty if the cell is empty
  bool operator==(const Field&) const = default;
};

struct Row {
  // 1-based row as a person sees it: the row a spreadsheet program shows for CSV and xlsx (usually the
  // heading is row 1), the line for JSONL.
  size_t number = 0;
  // CSV and xlsx: every named column in order, so fields[i].name == header()[i]. JSONL: the keys of this
  // line.
  std::vector<Field> fields;

  bool operator==(const Row&) const = default;
};

struct TableLimits {
  uint64_t max_file_bytes = uint64_t{512} << 20;
  size_t max_rows = 1'000'000;  // without the heading
  size_t max_columns = 256;
  size_t max_cell_bytes = size_t{64} << 10;
  uint64_t max_uncompressed_bytes = uint64_t{2} << 30;     // xlsx: all parts read, together
  uint64_t max_compression_ratio = 200;                    // xlsx: of one part, past its first 4 MiB
  uint64_t max_shared_string_bytes = uint64_t{256} << 20;  // xlsx: held in memory while the table is open
};

struct TableOptions {
  std::string sheet;  // xlsx: sheet to read; empty: the first visible one
};

enum class TableFormat { kCsv, kJsonl, kXlsx };

// Pull reader. Not thread-safe. Rows in which every cell is empty are skipped (their numbers are not reused).
class TableReader {
 public:
  virtual ~TableReader() = default;

  // Column headings in column order, trimmed, unique; columns without heading are left out. JSONL: keys of
  // the first line (later lines may bring others); empty if that line is bad.
  virtual const std::vector<std::string>& header() const = 0;

  // Overwrites *row with the next row and returns true; false at the end. Reusing one Row saves allocations.
  virtual StatusOr<bool> Next(Row* row) = 0;
};

// True for an error of one row, after which the reader goes on with the next.
bool IsRowError(const Status& status);

// By content (zip or OLE signature, first character), then by the extension of `file_name`.
StatusOr<TableFormat> GuessFormat(std::string_view file_name, std::string_view first_bytes);

StatusOr<std::unique_ptr<TableReader>> OpenTable(const std::string& path, TableFormat format,
                                                 const TableLimits& limits, const TableOptions& options);
StatusOr<std::unique_ptr<TableReader>> OpenTableFromMemory(std::string bytes, TableFormat format,
                                                           const TableLimits& limits,
                                                           const TableOptions& options);

}  // namespace duijie
