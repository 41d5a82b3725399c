// SPDX-License-Identifier: GPL-3.0-or-later
// The zip container of a workbook, with the limits that make hostile ones harmless. The only file that
// includes libzip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "common/status/status.h"
#include "common/tabular/byte_source.h"
#include "common/tabular/table_reader.h"

namespace duijie::tabular {

// One part being decompressed. The archive must outlive it.
class PartStream {
 public:
  virtual ~PartStream() = default;
  // Up to `n` bytes; 0 at the end. TABLE_TOO_LARGE once the archive's limits are passed.
  virtual StatusOr<size_t> Read(char* out, size_t n) = 0;
};

class XlsxArchive {
 public:
  static constexpr uint64_t kMaxEntries = 10'000;
  static constexpr uint64_t kMaxDirectoryBytes = uint64_t{4} << 20;
  // A part may compress better than the ratio limit while it is this small: short repetitive parts do.
  static constexpr uint64_t kRatioFreeBytes = uint64_t{4} << 20;

  virtual ~XlsxArchive() = default;
  virtual bool Has(const std::string& name) const = 0;
  // Names match without regard to ASCII case, as OPC demands.
  virtual StatusOr<std::unique_ptr<PartStream>> OpenPart(const std::string& name) = 0;
};

StatusOr<std::unique_ptr<XlsxArchive>> OpenXlsxArchive(std::unique_ptr<ByteSource> source,
                                                       const TableLimits& limits);

}  // namespace duijie::tabular
