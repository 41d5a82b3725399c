// SPDX-License-Identifier: GPL-3.0-or-later
// A workbook that is filled sheet by sheet, and the cells that its rows are made of. The same calls and time
// give the same bytes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/tabular/xlsx_writer.h"

namespace duijie::mining {

struct WorkbookPlace {
  std::string path;         // of the file to make
  std::string temp_folder;  // for the writer's own temporary files
  UnixMicros created = 0;
};

namespace cells {
TableCell T(std::string text);         // an empty text is an empty cell
TableCell N(double number);            // a number
TableCell D(const std::string& date);  // a day "YYYY-MM-DD"; anything else as text
}  // namespace cells

// After the first error nothing more is written.
class Workbook {
 public:
  explicit Workbook(const WorkbookPlace& place);

  void Sheet(const std::string& name, const std::vector<XlsxColumn>& columns);
  void Row(const std::vector<TableCell>& cells);
  // The first error, as XlsxWriter's. To be called once, last.
  Status Finish();

 private:
  std::unique_ptr<XlsxWriter> writer_;
  XlsxSheetId sheet_ = 0;
  Status status_;
};

}  // namespace duijie::mining
