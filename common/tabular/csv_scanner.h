// SPDX-License-Identifier: GPL-3.0-or-later
// Records of delimiter-separated text (RFC 4180), from text that comes in pieces.
//
// Beyond the RFC: LF, CRLF or CR end a record; a quote inside an unquoted cell is an ordinary character; a
// leading apostrophe that CsvWriter put before text that looks like a formula is taken away again (see
// csv_guard.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_reader.h"
#include "common/tabular/text_input.h"

namespace duijie::tabular {

class CsvScanner {
 public:
  CsvScanner(TextInput input, const TableLimits& limits) : input_(std::move(input)), limits_(limits) {}

  // Looks at the first line that is not blank: the most frequent of , tab ; outside quotes. To be called
  // once, first.
  Status DetectDelimiter();

  // The next record; blank lines are records with one empty cell. False at the end. After a row error the
  // next call gives the next record.
  StatusOr<bool> NextRecord(std::vector<std::string>* cells);

  // 1-based number of the record last read, blank ones counted: the row that a spreadsheet program shows.
  size_t record() const { return record_; }

 private:
  enum class State { kCellStart, kPlain, kQuoted, kQuoteInQuoted, kRecordEnd };

  StatusOr<bool> Refill();
  void Take(char c);
  void TakeUnquoted(char c);
  void TakeAfterQuote(char c);
  void Append(char c);
  void EndCell();
  Status FinishRecord(std::vector<std::string>* cells);

  TextInput input_;
  const TableLimits limits_;
  char delimiter_ = ',';
  std::string piece_;
  size_t at_ = 0;
  size_t record_ = 0;
  bool skip_line_feed_ = false;

  // The record at hand.
  State state_ = State::kCellStart;
  std::string cell_;
  std::vector<std::string> cells_;
  size_t cell_count_ = 0;      // goes on counting past the column limit
  size_t long_cell_ = 0;       // 1-based column of the first cell over the limit, or 0
  size_t misquoted_cell_ = 0;  // 1-based column of the first cell with text after its closing quote, or 0
};

}  // namespace duijie::tabular
