// SPDX-License-Identifier: GPL-3.0-or-later
// One cell ↔ one field of a record. What FormatCell writes, ReadCell reads back as the same field. Pure.
#pragma once

#include <optional>
#include <string>

#include "common/taxonomy/taxonomy_set.h"
#include "services/catalog/column_table.h"
#include "services/catalog/record_traits.h"

namespace duijie::catalog {

struct CellError {
  std::string rule;
  std::string message;  // Chinese
};

// Whether the column is a field of the message, which the two functions below need.
bool IsFieldColumn(const Column& column);

// Sets the field to what the cell says; an empty cell clears it. `text` is clean (CleanCell). On an error the
// field is left empty. Rules: UNKNOWN_VALUE, UNKNOWN_CODE, INVALID_DATE, INVALID_NUMBER, INVALID_BOOLEAN,
// INVALID_INDICATOR, INVALID_ENTRY, INVALID_NAME; what the text means is checked later, by ValidateRecord.
std::optional<CellError> ReadCell(const Column& column, const std::string& text,
                                  const TaxonomySet& taxonomies, AnyRecord* record);

std::string FormatCell(const Column& column, const AnyRecord& record);

}  // namespace duijie::catalog
