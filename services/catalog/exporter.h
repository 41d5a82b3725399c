// SPDX-License-Identifier: GPL-3.0-or-later
// Writes records as a table that ImportRecords reads back: CSV, JSON Lines or .xlsx, in bounded memory.
// Contacts are never exported. Thread-safe.
#pragma once

#include <functional>
#include <string>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/catalog_parts.h"
#include "services/catalog/record_reader.h"

namespace duijie::catalog {

inline constexpr size_t kMaxExportChunkBytes = 256 * 1024;

class Exporter {
 public:
  // Workbooks are built in `temp_folder` before they are sent.
  Exporter(CatalogParts parts, std::string temp_folder)
      : parts_(parts), temp_folder_(std::move(temp_folder)) {}

  using Send = std::function<Status(const v1::ExportRecordsResponse&)>;
  Status Run(const Principal& caller, const v1::ExportRecordsRequest& request, const Send& send) const;

 private:
  CatalogParts parts_;
  std::string temp_folder_;
};

}  // namespace duijie::catalog
