// SPDX-License-Identifier: GPL-3.0-or-later
// The KvStore on RocksDB, embedded in the process. rocksdb_store.cc is the only file that knows RocksDB.
#pragma once

#include <memory>
#include <string>

#include "common/storage/kv_store.h"

namespace duijie {

// The format this build writes. A folder holds its format from creation; see docs/formats/storage.md.
inline constexpr uint32_t kStorageFormatVersion = 1;

struct RocksDbOptions {
  // What to do when the write-ahead log is damaged before its end, that is, where acknowledged writes were.
  // An unfinished last record, what a killed process leaves, is no damage and is always dropped.
  enum class LogDamage {
    kRefuse,      // opening fails with DATA_LOSS; restore a backup, or decide for the next
    kKeepBefore,  // opens with everything before the damage; later writes are lost
  };

  std::string folder;
  size_t block_cache_bytes = 64 * 1024 * 1024;  // also holds index and filter blocks
  size_t write_buffer_bytes = 32 * 1024 * 1024;
  int write_buffers = 2;
  int max_open_files = 512;
  int background_jobs = 2;
  LogDamage log_damage = LogDamage::kRefuse;
  uint32_t format_version =
      kStorageFormatVersion;  // of a new folder, and the highest accepted; tests change it
};

// Opens the store in options.folder, making it if missing; values carry checksums. The folder stays locked
// while the store lives. Errors: those of DataFolder::Open, those of KvStore, and
//   FAILED_PRECONDITION FORMAT_TOO_NEW    a newer build wrote this folder
StatusOr<std::unique_ptr<KvStore>> OpenRocksDb(const RocksDbOptions& options);

// Puts the newest backup in `backup_folder` into `data_folder`, which must be missing or empty. Every file is
// verified against its checksum first, and the result is opened once before it appears in place; an
// interrupted restore leaves only a folder "<data_folder>.restoring-*". Errors, besides those of KvStore:
//   NOT_FOUND BACKUP_NOT_FOUND               no backup there
//   FAILED_PRECONDITION DATA_FOLDER_IN_USE   a store has data_folder open
//   FAILED_PRECONDITION DATA_FOLDER_NOT_EMPTY
Status RestoreBackup(const std::string& backup_folder, const std::string& data_folder);

}  // namespace duijie
