// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of one worksheet as they are stored: cells with their type, style and unconverted value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/tabular/xlsx_strings.h"
#include "common/tabular/xml_part.h"

namespace duijie::tabular {

struct SheetCell {
  size_t column = 0;  // 1-based
  std::string type;   // t: "" or "n" number, s shared, inlineStr, str, b, e, d
  size_t style = 0;   // s
  std::string value;  // v or is; at most the cell limit plus one byte
  bool has_value = false;
  bool has_formula = false;
};

struct SheetRow {
  size_t number = 0;                      // 1-based
  std::vector<SheetCell> cells;           // ascending columns, none beyond the column limit
  std::optional<size_t> overflow_column;  // the first column beyond the limit that has a value
};

// Pauses the parser at the end of every row that has cells.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(size_t max_columns, size_t max_cell_bytes)
      : max_columns_(max_columns), max_cell_bytes_(max_cell_bytes) {}

  // The row at which the parser paused; valid until it advances.
  const SheetRow& row() const { return row_; }

  void OnStart(const XmlElement& element) override;
  void OnEnd(std::string_view name) override;
  void OnText(std::string_view text) override;

 private:
  void StartRow(const XmlElement& element);
  void StartCell(const XmlElement& element);
  void EndCell();

  const size_t max_columns_;
  const size_t max_cell_bytes_;
  SheetRow row_;
  SheetCell cell_;
  RichTextTracker rich_text_;
  bool in_row_ = false;
  bool in_cell_ = false;
  bool in_value_ = false;
  bool in_inline_ = false;
};

}  // namespace duijie::tabular
