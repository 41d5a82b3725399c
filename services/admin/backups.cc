// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/backups.h"

#include <algorithm>
#include <filesystem>

#include "common/auth/cluster_secret.h"

namespace duijie {
namespace {

constexpr int64_t kRetryMs = 10'000;

}  // namespace

StatusOr<BackupManifest> Backups::Create(int64_t revision) {
  std::unique_lock lock(running_, std::try_to_lock);
  if (!lock) {
    return WithRetryAfter(
        Error(StatusCode::kResourceExhausted, "QUEUE_FULL", "another backup is being written"), kRetryMs);
  }
  const std::string id = BackupId(clock_.Now(), revision);
  const std::filesystem::path folder = std::filesystem::path(backup_folder_) / id;
  std::error_code error;
  if (std::filesystem::exists(folder, error)) {
    return Error(StatusCode::kAlreadyExists, "RECORD_EXISTS",
                 "a backup of this second and revision exists already");
  }
  auto manifest = Write(id);
  if (!manifest.ok()) std::filesystem::remove_all(folder, error);
  return manifest;
}

StatusOr<BackupManifest> Backups::Write(const std::string& id) {
  BackupManifest manifest;
  manifest.backup_id = id;
  for (const Source& source : sources_) {
    auto written = source.write(id);
    if (!written.ok()) return Annotate(written.status(), "store " + source.store);
    manifest.stores[source.store] = written->bytes;
    manifest.bytes += written->bytes;
    manifest.revision = std::max(manifest.revision, written->revision);
  }
  // Its appearance makes the folder a backup; it is renamed into place.
  DUIJIE_RETURN_IF_ERROR(WriteSecretFile(backup_folder_ + "/" + id + "/" + kManifestFile, ToText(manifest)));
  return manifest;
}

}  // namespace duijie
