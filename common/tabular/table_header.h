// SPDX-License-Identifier: GPL-3.0-or-later
// The heading row of CSV and xlsx, and how cells below it become named fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_reader.h"

namespace duijie::tabular {

// Only white space: ASCII, U+00A0, U+3000, U+FEFF.
bool IsBlank(std::string_view text);
bool AreBlank(const std::vector<std::string>& cells);
std::string_view TrimBlanks(std::string_view text);

class TableHeader {
 public:
  // `row` is the number of the heading row. Headings are trimmed; columns without heading are left out.
  static StatusOr<TableHeader> Make(size_t row, const std::vector<std::string>& cells,
                                    const TableLimits& limits);

  const std::vector<std::string>& names() const { return names_; }

  // Moves `cells` into *row. Missing cells become empty; a cell without heading must be blank.
  Status Fill(size_t number, std::vector<std::string>& cells, Row* row) const;

 private:
  std::vector<std::string> names_;
  std::vector<size_t> columns_;  // 0-based position of each name
  size_t max_cell_bytes_ = 0;
};

// What a reader says when the file has no row at all.
Status NoHeading();

// Counts rows against the limit.
Status CheckRowCount(size_t rows, const TableLimits& limits);

}  // namespace duijie::tabular
