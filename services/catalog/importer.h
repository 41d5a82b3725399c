// SPDX-License-Identifier: GPL-3.0-or-later
// Loads a table of records from a file on disk, with a report per row (CatalogService.ImportRecords). Memory
// is bounded: rows are read one at a time and written in batches. Thread-safe; imports of several callers
// take turns batch by batch.
//
// SKIP_BAD         one pass; each batch is one commit.
// ALL_OR_NOTHING   a first pass checks every row and stores nothing. If all are good, a second pass stores
// them: as one
//                  commit if they fit (kMaxSingleCommitRows, kMaxCommitBytes), else as a StagedImport. No
//                  other write happens during the second pass, and every row is checked again, so what
//                  changed since the first pass is noticed and nothing is stored.
#pragma once

#include <functional>
#include <string>

#include "common/auth/principal.h"
#include "common/status/status.h"
#include "common/tabular/table_reader.h"
#include "duijie/v1/catalog_service.pb.h"
#include "services/catalog/catalog_parts.h"

namespace duijie::catalog {

inline constexpr int64_t kMaxAllOrNothingRows = 200'000;
inline constexpr int64_t kMaxSingleCommitRows = 2'000;
inline constexpr size_t kBatchRows = 500;
inline constexpr size_t kMaxCommitBytes =
    2 * 1024 * 1024;                             // of records; bounds a page of the change feed, too
inline constexpr int64_t kProgressRows = 1'000;  // rows between two responses
inline constexpr int kMaxReportsPerResponse = 200;

struct ImportHooks {
  // Takes a response for the caller; an error ends the import.
  std::function<Status(const v1::ImportRecordsResponse&)> send;
  // Asked between batches; an error ends the import.
  std::function<Status()> check_alive;
};

class Importer {
 public:
  explicit Importer(CatalogParts parts) : parts_(parts) {}

  // INVALID_ARGUMENT INVALID_FIELD, PERMISSION_DENIED FORBIDDEN.
  Status CheckHeader(const Principal& caller, const v1::ImportHeader& header) const;

  // Sends every response, the summary in the last. INVALID_ARGUMENT INVALID_TABLE or UNDECODABLE_TEXT if the
  // file cannot be read (on), RESOURCE_EXHAUSTED TOO_LARGE over a limit; then ALL_OR_NOTHING has stored
  // nothing, SKIP_BAD what was good before.
  Status Run(const Principal& caller, const v1::ImportHeader& header, const std::string& path,
             std::string_view first_bytes, const ImportHooks& hooks);

 private:
  CatalogParts parts_;
};

}  // namespace duijie::catalog
