// SPDX-License-Identifier: GPL-3.0-or-later
// Which cell formats of a workbook show numbers as dates or times.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/xlsx_archive.h"
#include "common/tabular/xlsx_values.h"

namespace duijie::tabular {

inline constexpr size_t kMaxCellFormats = 65'536;  // spreadsheet programs stop at 65,490
inline constexpr size_t kMaxNumberFormats = 10'000;

// Indexed by the s attribute of a cell. `part` may be empty: no formats.
StatusOr<std::vector<NumberKind>> ReadNumberKinds(XlsxArchive& archive, const std::string& part);

}  // namespace duijie::tabular
