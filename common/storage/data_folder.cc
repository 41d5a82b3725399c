// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace duijie {
namespace {

constexpr mode_t kLockFileMode = 0640;
constexpr size_t kMaxHolderBytes = 32;

// The process id that the holder of the lock wrote, for the message only.
std::string HolderOf(int lock) {
  std::array<char, kMaxHolderBytes> text{};
  const ssize_t size = pread(lock, text.data(), text.size(), 0);
  const std::string holder(text.data(), size > 0 ? static_cast<size_t>(size) : 0);
  return holder.empty() ? "" : " (process " + holder + ")";
}

Status InUse(const std::string& folder, const std::string& holder) {
  return Error(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE",
               "data folder " + folder + " is in use by another process or store" + holder,
               {{"folder", folder}});
}

// Replaces the text of the lock file by our process id. A failure matters only if the disk is full.
Status WriteHolder(int lock, const std::string& folder) {
  const std::string text = std::to_string(getpid());
  if (ftruncate(lock, 0) != 0 || pwrite(lock, text.data(), text.size(), 0) < 0)
    return FolderError(errno, folder);
  return OkStatus();
}

}  // namespace

Status FolderError(int error_number, const std::string& folder) {
  const std::string cause = std::error_code(error_number, std::generic_category()).message();
  const ErrorMetadata metadata = {{"folder", folder}};
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return Error(StatusCode::kFailedPrecondition, "DATA_FOLDER_READ_ONLY",
                   "data folder " + folder + " cannot be written: " + cause, metadata);
    case ENOTDIR:
    case EEXIST:
      return Error(StatusCode::kFailedPrecondition, "DATA_FOLDER_NOT_A_FOLDER",
                   "a file stands where the data folder " + folder + " should be", metadata);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Error(StatusCode::kResourceExhausted, "DISK_FULL",
                   "no room on the disk of " + folder + ": " + cause, metadata);
    default:
      return Error(StatusCode::kUnavailable, "STORE_IO_ERROR", "data folder " + folder + ": " + cause,
                   metadata);
  }
}

StatusOr<DataFolder> DataFolder::Open(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return FolderError(error.value(), path);
  if (!std::filesystem::is_directory(path, error)) return FolderError(ENOTDIR, path);

  const std::string file = path + "/" + std::string(kLockFileName);
  const int lock = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kLockFileMode);
  if (lock < 0) return FolderError(errno, path);
  DataFolder folder(path, lock);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return InUse(path, HolderOf(lock));
    return FolderError(errno, path);
  }
  // The lock file may be there from better days: being able to open it does not mean the folder takes new
  // files.
  if (faccessat(AT_FDCWD, path.c_str(), W_OK | X_OK, AT_EACCESS) != 0) return FolderError(errno, path);
  DUIJIE_RETURN_IF_ERROR(WriteHolder(lock, path));
  return folder;
}

DataFolder::~DataFolder() {
  if (lock_ >= 0) close(lock_);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder& DataFolder::operator=(DataFolder&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

}  // namespace duijie
