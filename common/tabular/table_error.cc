// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/table_error.h"

#include <algorithm>

namespace duijie::tabular {
namespace {

std::string RowPlace(size_t row) { return "第 " + std::to_string(row) + " 行"; }
std::string CellPlace(size_t row, size_t column) {
  return RowPlace(row) + " " + ColumnLetters(column) + " 列";
}

std::string Join(std::string place, std::string_view text) { return place.append("：").append(text); }

}  // namespace

std::string ColumnLetters(size_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) letters += static_cast<char>('A' + (column - 1) % 26);
  std::reverse(letters.begin(), letters.end());
  return letters;
}

Status RowError(size_t row, std::string_view text) {
  return Error(StatusCode::kInvalidArgument, "TABLE_ROW_INVALID", Join(RowPlace(row), text),
               {{"row", std::to_string(row)}});
}

Status CellError(size_t row, size_t column, std::string_view text) {
  return Error(StatusCode::kInvalidArgument, "TABLE_ROW_INVALID", Join(CellPlace(row, column), text),
               {{"row", std::to_string(row)}, {"column", std::to_string(column)}});
}

Status CorruptAt(size_t row, std::string_view text) {
  return Error(StatusCode::kInvalidArgument, "TABLE_CORRUPT", Join(RowPlace(row), text),
               {{"row", std::to_string(row)}});
}

Status Corrupt(std::string_view text) { return Error(StatusCode::kInvalidArgument, "TABLE_CORRUPT", text); }

Status Unsupported(std::string_view text) {
  return Error(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED", text);
}

Status TooLarge(std::string_view text) {
  return Error(StatusCode::kResourceExhausted, "TABLE_TOO_LARGE", text);
}

Status Unreadable(StatusCode code, std::string_view text) { return Error(code, "TABLE_UNREADABLE", text); }

Status BadHeading(std::string_view text, size_t row, size_t column) {
  return Error(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID", Join(CellPlace(row, column), text),
               {{"row", std::to_string(row)}, {"column", std::to_string(column)}});
}

}  // namespace duijie::tabular
