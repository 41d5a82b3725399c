// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/tabular/table_header.h"

#include <algorithm>
#include <array>
#include <map>

#include "common/tabular/table_error.h"

namespace duijie::tabular {
namespace {

constexpr std::array<std::string_view, 9> kBlanks = {" ",  "\t",       "\n",           "\r",          "\v",
                                                     "\f", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};

size_t BlankPrefix(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.substr(0, blank.size()) == blank) return blank.size();
  }
  return 0;
}

size_t BlankSuffix(std::string_view text) {
  for (const std::string_view blank : kBlanks) {
    if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank) return blank.size();
  }
  return 0;
}

}  // namespace

std::string_view TrimBlanks(std::string_view text) {
  while (const size_t blank = BlankPrefix(text)) text.remove_prefix(blank);
  while (const size_t blank = BlankSuffix(text)) text.remove_suffix(blank);
  return text;
}

bool IsBlank(std::string_view text) {
  while (const size_t blank = BlankPrefix(text)) text.remove_prefix(blank);
  return text.empty();
}

bool AreBlank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), IsBlank);
}

StatusOr<TableHeader> TableHeader::Make(size_t row, const std::vector<std::string>& cells,
                                        const TableLimits& limits) {
  TableHeader header;
  header.max_cell_bytes_ = limits.max_cell_bytes;
  std::map<std::string, size_t> seen;  // name -> column
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string name(TrimBlanks(cells[i]));
    if (name.empty()) continue;
    if (name.size() > limits.max_cell_bytes) return BadHeading("列名过长", row, i + 1);
    const auto [earlier, inserted] = seen.emplace(name, i);
    if (!inserted)
      return BadHeading("与 " + ColumnLetters(earlier->second + 1) + " 列的列名重复", row, i + 1);
    header.names_.push_back(name);
    header.columns_.push_back(i);
  }
  if (header.names_.empty()) return NoHeading();
  return header;
}

Status TableHeader::Fill(size_t number, std::vector<std::string>& cells, Row* row) const {
  row->number = number;
  row->fields.resize(names_.size());
  size_t named = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool has_name = named < columns_.size() && columns_[named] == i;
    if (!has_name && !IsBlank(cells[i])) {
      return CellError(number, i + 1,
                       "这一列没有列名，但单元格有内容（本行共 " + std::to_string(cells.size()) +
                           " 列，表头共 " + std::to_string(columns_.back() + 1) + " 列）");
    }
    if (!has_name) continue;
    if (cells[i].size() > max_cell_bytes_) {
      return CellError(number, i + 1, "内容过长，上限为 " + std::to_string(max_cell_bytes_) + " 字节");
    }
    row->fields[named].name = names_[named];
    row->fields[named].value.swap(cells[i]);
    ++named;
  }
  for (; named < names_.size(); ++named) {
    row->fields[named].name = names_[named];
    row->fields[named].value.clear();
  }
  return OkStatus();
}

Status NoHeading() {
  return Error(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID", "文件没有表头：第一行应为各列的名称");
}

Status CheckRowCount(size_t rows, const TableLimits& limits) {
  if (rows <= limits.max_rows) return OkStatus();
  return TooLarge("数据超过 " + std::to_string(limits.max_rows) + " 行，请拆分后再导入");
}

}  // namespace duijie::tabular
