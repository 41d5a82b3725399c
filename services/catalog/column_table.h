// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of a table of records: Chinese heading ↔ field, per collection. The one list that import,
// export, the template and the manual follow.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "duijie/v1/common.pb.h"

namespace duijie::catalog {

enum class CellKind {
  // Fields of the message, reached by path.
  kText,
  kTextList,
  kDate,
  kMoney,
  kCount,
  kMaturity,
  kBool,
  kEnum,
  kEnumList,
  kRegion,
  kRegionList,
  kIndustryList,
  kFieldList,
  kPark,
  kIndicators,
  kProperties,
  kCertificates,
  kEnterprise,
  // Cells with a meaning of their own.
  kRecordName,
  kState,  // written only
  kSourceLibrary,
  kExternalId,
  kFetchedAt,
  kOtherProvenances,
  kEnterpriseCreditCode,
  kContactPerson,
  kContactPosition,
  kContactPhone,
  kContactEmail,
};

// Of numbers and codes, which people also write in full width; other cells stay as they are written.
bool HoldsFigures(CellKind kind);

struct Column {
  std::string_view heading;  // canonical, Chinese
  std::string_view field;    // path in the message, or a name of its own
  CellKind kind;
  std::vector<std::string_view> aliases;
  std::string_view example;  // for the template
};

// In the order in which export writes them. Requires one of the four collections.
const std::vector<Column>& ColumnsOf(v1::Collection collection);

// Finds a column by heading, alias or field name. Blanks, case, the width of brackets and a trailing unit in
// brackets do not count. nullptr if there is none.
const Column* FindColumn(v1::Collection collection, std::string_view heading);

// Import only; never exported, because contacts are restricted.
bool IsContactColumn(const Column& column);

}  // namespace duijie::catalog
