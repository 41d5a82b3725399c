// SPDX-License-Identifier: GPL-3.0-or-later
// A data folder: made if missing, checked to be writable, and locked against any other opener, in this
// process or another, for as long as the object lives. The lock is flock(2) on the file kLockFileName and
// dies with the process.
#pragma once

#include <string>
#include <string_view>

#include "common/status/status.h"

namespace duijie {

inline constexpr std::string_view kLockFileName = "duijie.lock";

class DataFolder {
 public:
  // Errors, each naming the folder:
  //   FAILED_PRECONDITION DATA_FOLDER_IN_USE          another opener holds the lock
  //   FAILED_PRECONDITION DATA_FOLDER_READ_ONLY       no permission, or a read-only file system
  //   FAILED_PRECONDITION DATA_FOLDER_NOT_A_FOLDER    a file is in the way
  //   RESOURCE_EXHAUSTED DISK_FULL                    no room for the lock file
  static StatusOr<DataFolder> Open(const std::string& path);

  ~DataFolder();
  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&& other) noexcept;

  const std::string& path() const { return path_; }
  std::string Sub(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  DataFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;
  int lock_ = -1;  // file descriptor
};

// The error above for a system error number met in `folder`; UNAVAILABLE STORE_IO_ERROR for any other number.
Status FolderError(int error_number, const std::string& folder);

}  // namespace duijie
