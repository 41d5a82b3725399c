// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/table_binding.h"

#include <algorithm>

#include "services/catalog/cell_text.h"

namespace duijie::catalog {
namespace {

// Far above what a table has, so that a hostile JSON file cannot fill the memory with headings.
constexpr size_t kMaxHeadings = 4096;

}  // namespace

StatusOr<TableBinding> TableBinding::Make(const v1::ImportHeader& header) {
  TableBinding binding(header.collection());
  std::vector<FieldViolation> violations;
  if (static_cast<size_t>(header.column_mapping().size()) > kMaxMappedColumns) {
    return InvalidField("header.column_mapping", "TOO_MANY", "最多 256 项");
  }
  // In order of heading, so that errors do not depend on the map's order.
  const std::map<std::string, std::string> mapping(header.column_mapping().begin(),
                                                   header.column_mapping().end());
  for (const auto& [heading, field] : mapping) {
    const Column* column = FindColumn(header.collection(), field);
    if (column == nullptr) {
      violations.push_back({"header.column_mapping", "UNKNOWN_FIELD", "没有这个栏目：" + field});
    } else {
      binding.by_heading_[heading] = column;
    }
  }
  if (!violations.empty()) return InvalidFields(violations);
  return binding;
}

const Column* TableBinding::ColumnFor(const std::string& heading) {
  const auto known = by_heading_.find(heading);
  if (known != by_heading_.end()) return known->second;
  const Column* column = FindColumn(collection_, heading);
  if (by_heading_.size() < kMaxHeadings) by_heading_.emplace(heading, column);
  if (column == nullptr && ignored_.size() < kMaxMappedColumns) ignored_.insert(heading);
  return column;
}

Status TableBinding::CheckHeadings(const std::vector<std::string>& headings) {
  std::map<const Column*, std::string> seen;
  for (const std::string& heading : headings) {
    const Column* column = ColumnFor(heading);
    if (column == nullptr) continue;
    const auto [first, is_new] = seen.emplace(column, heading);
    if (!is_new) {
      return Error(StatusCode::kInvalidArgument, "INVALID_TABLE",
                   "两列含义相同：“" + first->second + "”和“" + heading + "”", {{"column", heading}});
    }
  }
  if (seen.empty() && !headings.empty()) {
    return Error(StatusCode::kInvalidArgument, "INVALID_TABLE",
                 "没有一列是已知的栏目，请对照导入模板检查表头");
  }
  return OkStatus();
}

std::vector<BoundCell> TableBinding::Bind(const Row& row) {
  std::vector<BoundCell> cells;
  cells.reserve(row.fields.size());
  for (const Field& field : row.fields) {
    const Column* column = ColumnFor(field.name);
    if (column == nullptr) continue;
    const bool taken =
        std::any_of(cells.begin(), cells.end(), [&](const BoundCell& cell) { return cell.column == column; });
    if (!taken) cells.push_back({column, field.name, CleanCell(field.value)});
  }
  return cells;
}

}  // namespace duijie::catalog
