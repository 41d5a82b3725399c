// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/xlsx_sheet.h"

#include <charconv>

#include "common/tabular/table_error.h"

namespace duijie::tabular {
namespace {

constexpr size_t kMaxRowNumber = 1'048'576;  // of the format itself
constexpr size_t kMaxColumnNumber = 16'384;

// nullopt unless `text` is a whole number.
std::optional<size_t> ParseIndex(std::string_view text) {
  size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The column of a reference such as "AB12"; 0 if it has none or is out of range.
size_t ColumnOfReference(std::string_view reference) {
  size_t column = 0;
  for (const char c : reference) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper < 'A' || upper > 'Z') break;
    column = column * 26 + static_cast<size_t>(upper - 'A' + 1);
    if (column > kMaxColumnNumber) return 0;
  }
  return column;
}

}  // namespace

void SheetHandler::OnStart(const XmlElement& element) {
  const std::string_view name = element.name();
  if (name == "row") {
    StartRow(element);
  } else if (name == "c" && in_row_) {
    StartCell(element);
  } else if (in_cell_) {
    if (name == "f") cell_.has_formula = true;
    if (name == "v") in_value_ = cell_.has_value = true;
    if (name == "is") in_inline_ = cell_.has_value = true;
    if (in_inline_) rich_text_.OnStart(name);
  }
}

void SheetHandler::OnEnd(std::string_view name) {
  if (name == "row" && in_row_) {
    in_row_ = false;
    if (!row_.cells.empty() || row_.overflow_column) Pause();
  } else if (name == "c" && in_cell_) {
    EndCell();
  } else if (in_cell_) {
    if (name == "v") in_value_ = false;
    if (name == "is") in_inline_ = false;
    if (in_inline_) rich_text_.OnEnd(name);
  }
}

void SheetHandler::OnText(std::string_view text) {
  if (!in_cell_ || !(in_value_ || (in_inline_ && rich_text_.counts()))) return;
  const size_t room = max_cell_bytes_ + 1 - cell_.value.size();
  cell_.value += text.substr(0, room);
}

void SheetHandler::StartRow(const XmlElement& element) {
  const size_t previous = row_.number;
  row_.cells.clear();
  row_.overflow_column.reset();
  row_.number = previous + 1;
  if (const auto attribute = element.Attribute("r")) row_.number = ParseIndex(*attribute).value_or(0);
  if (row_.number <= previous || row_.number > kMaxRowNumber) {
    return Fail(CorruptAt(previous + 1, "此处起工作表的行号错乱，请用 Excel 或 WPS 重新保存后再试"));
  }
  in_row_ = true;
  cell_.column = 0;
}

void SheetHandler::StartCell(const XmlElement& element) {
  const size_t previous = cell_.column;
  cell_.column = previous + 1;
  if (const auto attribute = element.Attribute("r")) cell_.column = ColumnOfReference(*attribute);
  if (cell_.column <= previous || cell_.column > kMaxColumnNumber) {
    return Fail(CorruptAt(row_.number, "单元格的列号错乱，请用 Excel 或 WPS 重新保存后再试"));
  }
  cell_.type = element.Attribute("t").value_or("");
  cell_.style = ParseIndex(element.Attribute("s").value_or("0")).value_or(0);
  cell_.value.clear();
  cell_.has_value = cell_.has_formula = false;
  in_cell_ = true;
}

void SheetHandler::EndCell() {
  in_cell_ = in_value_ = in_inline_ = false;
  rich_text_ = RichTextTracker();
  if (!cell_.has_value && !cell_.has_formula) return;
  if (cell_.column <= max_columns_) {
    row_.cells.push_back(cell_);
  } else if (!row_.overflow_column && !cell_.value.empty()) {
    row_.overflow_column = cell_.column;
  }
}

}  // namespace duijie::tabular
