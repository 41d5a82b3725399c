// SPDX-License-Identifier: GPL-3.0-or-later
// Puts a backup back, offline: `duijie admin restore`.
#pragma once

#include <string>
#include <vector>

#include "common/status/status.h"

namespace duijie {

struct RestoreReport {
  std::string backup_id;
  int64_t revision = 0;               // of the catalog, as in the backup
  std::vector<std::string> restored;  // stores
  std::vector<std::string> kept;      // folders with what was there before; the operator removes them
};

// Every store of the backup is first restored and verified beside the present one, and only when all are
// whole they change places; the present stores are kept as <store>.before-<backup id>. The index is deleted,
// so that it is rebuilt. After an interruption, running it again finishes it. Errors:
//   NOT_FOUND BACKUP_NOT_FOUND              no MANIFEST there
//   DATA_LOSS BACKUP_DAMAGED                a store is missing, or fails its checksums (CHECKSUM_MISMATCH…)
//   FAILED_PRECONDITION DATA_FOLDER_IN_USE  a daemon runs on the data folder
StatusOr<RestoreReport> RestoreFromBackup(const std::string& backup_dir, const std::string& data_folder);

}  // namespace duijie
