// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as text, aligned by display width, so that Chinese and Latin stand in straight columns.
#pragma once

#include <string>
#include <vector>

#include "services/duijie/terminal.h"

namespace duijie {

enum class Align { kLeft, kRight };

struct Column {
  std::string heading;
  Align align = Align::kLeft;
  bool shrinks = false;  // may be cut where the table is wider than the terminal
};

struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<StyledText>> rows;  // missing cells at the end of a row are empty
};

struct TableLayout {
  int width = 0;  // columns of the terminal; 0 = as wide as it gets, nothing is cut
  bool color = false;
};

// Heading line, rule, rows; every line ends in "\n" and has no blanks before it. A table without rows has its
// headings only. Shrinking columns are cut, widest first, but not below 8 columns: a table that still does
// not fit is wider than the terminal.
std::string FormatTable(const Table& table, const TableLayout& layout);

}  // namespace duijie
