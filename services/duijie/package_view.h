// SPDX-License-Identifier: GPL-3.0-or-later
// Packages of achievements as a person reads them. Pure.
#pragma once

#include <vector>

#include "duijie/v1/package.pb.h"
#include "services/duijie/record_view.h"
#include "services/duijie/table_printer.h"

namespace duijie {

std::vector<FieldLine> DescribePackage(const v1::Package& package);
Table MemberTable(const v1::Package& package);
Table DemandTable(const v1::Package& package);
std::vector<Column> PackageColumns();
std::vector<StyledText> PackageRow(const v1::Package& package);

}  // namespace duijie
