// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the parts of a workbook as the package tells it (ECMA-376 part 2: content types and relationships),
// not by their usual names.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/xlsx_archive.h"

namespace duijie::tabular {

struct XlsxSheet {
  std::string name;
  std::string part;  // path inside the archive
  bool visible = true;
};

struct XlsxPackage {
  static constexpr size_t kMaxSheets = 1'000;
  static constexpr size_t kMaxRelationships = 10'000;

  std::vector<XlsxSheet> sheets;  // worksheets in tab order; chart and dialog sheets are left out
  std::string styles_part;        // empty if there is none
  std::string strings_part;       // empty if there is none
  bool date_1904 = false;         // day 0 of dates is 1904-01-01
};

StatusOr<XlsxPackage> ReadXlsxPackage(XlsxArchive& archive);

// The sheet called `name`, or the first visible one if `name` is empty.
StatusOr<XlsxSheet> SelectSheet(const XlsxPackage& package, const std::string& name);

}  // namespace duijie::tabular
