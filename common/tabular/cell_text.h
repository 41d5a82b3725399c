// SPDX-License-Identifier: GPL-3.0-or-later
// What both writers do to cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_cell.h"

namespace duijie::tabular {

// Well-formed UTF-8 without NUL; what is not becomes U+FFFD.
std::string WritableText(std::string_view text);

// "YYYY-MM-DD"
std::string DayText(TableCell::Day day);

// OK if every number is finite and every date in the range of TableCell::Date.
Status CheckCells(const std::vector<TableCell>& cells);

}  // namespace duijie::tabular
