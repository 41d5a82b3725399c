// SPDX-License-Identifier: GPL-3.0-or-later
// The errors of this module, so that all of them are worded alike. Texts are Chinese and hold no cell
// contents.
#pragma once

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie::tabular {

// "第 3 行：text" / "第 3 行 C 列：text", TABLE_ROW_INVALID. `row` and `column` are 1-based.
Status RowError(size_t row, std::string_view text);
Status CellError(size_t row, size_t column, std::string_view text);

// The same places in an error that ends the reading.
Status CorruptAt(size_t row, std::string_view text);

Status Corrupt(std::string_view text);
Status Unsupported(std::string_view text);
Status TooLarge(std::string_view text);
Status Unreadable(StatusCode code, std::string_view text);
Status BadHeading(std::string_view text, size_t row, size_t column);

// 1 -> "A", 27 -> "AA", as spreadsheet programs name columns.
std::string ColumnLetters(size_t column);

}  // namespace duijie::tabular
