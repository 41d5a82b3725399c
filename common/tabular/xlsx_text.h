// SPDX-License-Identifier: GPL-3.0-or-later
// Text made fit for a workbook. Pure functions.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace duijie::tabular {

// As the content of a string cell: valid for XML, at most kMaxXlsxCellUnits, and with literal text of the
// form _xHHHH_ escaped, which readers would take for a character.
std::string XlsxCellText(std::string_view text);

// A valid sheet name that is not in *taken (which holds names in lower case); adds it there.
std::string UniqueSheetName(std::string_view wanted, std::set<std::string>* taken);

}  // namespace duijie::tabular
