// SPDX-License-Identifier: GPL-3.0-or-later
// A backup is a folder <backup folder>/<id>/ with one folder per store and, written last, the file MANIFEST.
// A folder without MANIFEST is no backup. See docs/formats/backup.md.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/status/status.h"

namespace duijie {

inline constexpr char kManifestFile[] = "MANIFEST";

struct BackupManifest {
  static constexpr int kFormat = 1;

  std::string backup_id;
  int64_t revision = 0;  // of the catalog
  int64_t bytes = 0;
  std::map<std::string, int64_t> stores;  // name → bytes
};

// "20260131-235959-42": UTC time and catalog revision.
std::string BackupId(UnixMicros now, int64_t revision);

std::string ToText(const BackupManifest& manifest);
// DATA_LOSS BACKUP_DAMAGED if the text is not a manifest; FAILED_PRECONDITION FORMAT_TOO_NEW.
StatusOr<BackupManifest> ParseManifest(std::string_view text);

}  // namespace duijie
