// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the project's own data tables: UTF-8, one row a line, cells separated by tabs, '#' lines are
// comments. Strict, because a table that ships with the program and does not fit is a defect to be found at
// start-up.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"

namespace duijie {

constexpr size_t kMaxTsvBytes = 16 * 1024 * 1024;  // of one file
constexpr int kMaxTsvLines = 100'000;              // of one file, comments included

struct TsvRow {
  int line = 0;  // 1-based
  std::vector<std::string> cells;
};

// Every row of the file; each has exactly `columns` cells (a cell may be empty). Fails with INVALID_ARGUMENT
// INVALID_TABLE and metadata {file, line} on: no such file, over a limit, empty line, carriage return, byte
// order mark, white space around a cell, another number of cells, no row at all.
StatusOr<std::vector<TsvRow>> ReadTsv(const std::string& path, size_t columns);

// The error of one line of a table: "file:line: problem". Line 0 stands for the file as a whole.
Status TsvError(const std::string& path, int line, std::string_view problem);

// The whole cell as a number: an integer within [low, high].
StatusOr<int> ParseTsvInt(const std::string& path, int line, const std::string& cell, int low, int high);

}  // namespace duijie
