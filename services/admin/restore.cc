// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/admin/restore.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/storage/data_folder.h"
#include "common/storage/rocksdb_store.h"
#include "services/admin/backup_manifest.h"

namespace duijie {
namespace {

namespace fs = std::filesystem;

constexpr char kIndexFolder[] = "index";

StatusOr<BackupManifest> ReadManifest(const fs::path& backup) {
  std::ifstream file(backup / kManifestFile, std::ios::binary);
  if (!file) {
    return Error(StatusCode::kNotFound, "BACKUP_NOT_FOUND",
                 backup.string() + " is no backup: it has no MANIFEST");
  }
  std::stringstream text;
  text << file.rdbuf();
  return ParseManifest(text.str());
}

Status CheckComplete(const fs::path& backup, const BackupManifest& manifest) {
  for (const auto& [store, bytes] : manifest.stores) {
    std::error_code error;
    if (!fs::is_directory(backup / store, error)) {
      return Error(
          StatusCode::kDataLoss, "BACKUP_DAMAGED",
          "the backup lacks its store \"" + store + "\"; copy " + store + " from the process that wrote it");
    }
  }
  return OkStatus();
}

Status Move(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  return error ? FolderError(error.value(), from.parent_path().string()) : OkStatus();
}

Status Remove(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  return error ? FolderError(error.value(), path.string()) : OkStatus();
}

// Restored and waiting to change places.
fs::path Incoming(const fs::path& data, const std::string& store) { return data / (store + ".restored"); }

// Brings `store` into place, keeping what was there.
Status Exchange(const fs::path& data, const std::string& store, const std::string& backup_id,
                RestoreReport* report) {
  const fs::path present = data / store;
  std::error_code error;
  if (fs::exists(present, error)) {
    fs::path kept = data / (store + ".before-" + backup_id);
    for (int n = 2; fs::exists(kept, error); ++n)
      kept = data / (store + ".before-" + backup_id + "-" + std::to_string(n));
    DUIJIE_RETURN_IF_ERROR(Move(present, kept));
    report->kept.push_back(kept.string());
  }
  return Move(Incoming(data, store), present);
}

}  // namespace

StatusOr<RestoreReport> RestoreFromBackup(const std::string& backup_dir, const std::string& data_folder) {
  const fs::path backup(backup_dir);
  const fs::path data(data_folder);
  DUIJIE_ASSIGN_OR_RETURN(const BackupManifest manifest, ReadManifest(backup));
  DUIJIE_RETURN_IF_ERROR(CheckComplete(backup, manifest));
  DUIJIE_ASSIGN_OR_RETURN(const DataFolder lock, DataFolder::Open(data_folder));
  for (const auto& [store, bytes] : manifest.stores) {
    DUIJIE_RETURN_IF_ERROR(Remove(Incoming(data, store)));
    const Status restored = RestoreBackup((backup / store).string(), Incoming(data, store).string());
    if (!restored.ok()) return Annotate(restored, "store " + store);
  }
  RestoreReport report;
  report.backup_id = manifest.backup_id;
  report.revision = manifest.revision;
  // First the index goes: an index of other records beside restored ones would be worse than none.
  DUIJIE_RETURN_IF_ERROR(Remove(data / kIndexFolder));
  for (const auto& [store, bytes] : manifest.stores) {
    DUIJIE_RETURN_IF_ERROR(Exchange(data, store, manifest.backup_id, &report));
    report.restored.push_back(store);
  }
  return report;
}

}  // namespace duijie
