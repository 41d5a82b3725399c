// SPDX-License-Identifier: GPL-3.0-or-later
// Which heading of a file is which column: by the importer's own mapping first, then by the column table.
// Headings that are neither are collected and ignored. Belongs to one import.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/tabular/table_reader.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/column_table.h"

namespace duijie::catalog {

inline constexpr size_t kMaxMappedColumns = 256;

// A cell with its column.
struct BoundCell {
  const Column* column;
  std::string_view heading;  // as in the file
  std::string text;          // clean
};

class TableBinding {
 public:
  // INVALID_ARGUMENT INVALID_FIELD for a mapping to an unknown column.
  static StatusOr<TableBinding> Make(const v1::ImportHeader& header);

  // INVALID_ARGUMENT INVALID_TABLE if two headings mean one column, or no heading is known.
  Status CheckHeadings(const std::vector<std::string>& headings);

  // The known cells of a row; a JSON line may bring keys that the first line lacked. If two keys mean one
  // column, the second is left out.
  std::vector<BoundCell> Bind(const Row& row);

  // Ignored headings, sorted; at most kMaxMappedColumns are kept.
  const std::set<std::string>& ignored() const { return ignored_; }

 private:
  explicit TableBinding(v1::Collection collection) : collection_(collection) {}
  const Column* ColumnFor(const std::string& heading);

  v1::Collection collection_;
  std::map<std::string, const Column*> by_heading_;  // nullptr: ignored
  std::set<std::string> ignored_;
};

}  // namespace duijie::catalog
