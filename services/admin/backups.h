// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a backup of every store of the installation while it works. Thread-safe; one backup at a time.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "services/admin/backup_manifest.h"

namespace duijie {

class Backups {
 public:
  // What one store reports when its backup is written.
  struct Written {
    int64_t bytes = 0;
    int64_t revision = 0;  // 0 for stores without one
  };
  struct Source {
    std::string store;
    std::function<StatusOr<Written>(const std::string& backup_id)>
        write;  // into <backup folder>/<id>/<store>
  };

  // `sources` in the order in which to write them: runs and judgements before records, so that the records of
  // a backup are never older than what refers to them.
  Backups(std::string backup_folder, std::vector<Source> sources, const Clock& clock)
      : backup_folder_(std::move(backup_folder)), sources_(std::move(sources)), clock_(clock) {}

  // `revision` names the backup; the manifest tells the one it holds. RESOURCE_EXHAUSTED QUEUE_FULL while
  // another is being written. After an error, what was written here is removed.
  StatusOr<BackupManifest> Create(int64_t revision);

 private:
  StatusOr<BackupManifest> Write(const std::string& id);

  const std::string backup_folder_;
  const std::vector<Source> sources_;
  const Clock& clock_;
  std::mutex running_;
};

}  // namespace duijie
