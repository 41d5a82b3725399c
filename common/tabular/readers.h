// SPDX-License-Identifier: GPL-3.0-or-later
// The three readers behind OpenTable.
#pragma once

#include <memory>

#include "common/tabular/byte_source.h"
#include "common/tabular/table_reader.h"

namespace duijie::tabular {

using TableReaderOr = StatusOr<std::unique_ptr<TableReader>>;

TableReaderOr OpenCsv(std::unique_ptr<ByteSource> source, const TableLimits& limits);
TableReaderOr OpenJsonl(std::unique_ptr<ByteSource> source, const TableLimits& limits);
TableReaderOr OpenXlsx(std::unique_ptr<ByteSource> source, const TableLimits& limits,
                       const TableOptions& options);

}  // namespace duijie::tabular
