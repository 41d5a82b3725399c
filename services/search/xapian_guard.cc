// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/xapian_guard.h"

#include <cerrno>
#include <cstring>
#include <string_view>

namespace duijie::search {
namespace {

bool IsDiskFull(const Xapian::Error& error) {
  const char* cause = error.get_error_string();
  return cause != nullptr && std::string_view(cause) == std::strerror(ENOSPC);
}

}  // namespace

Status FromXapian(const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  // Xapian's messages name files and blocks, not record texts; those of query errors might, and are left out.
  if (IsDiskFull(error)) {
    return Error(StatusCode::kResourceExhausted, "DISK_FULL", "the disk of the index is full");
  }
  if (type == "DatabaseLockError") {
    return Error(StatusCode::kFailedPrecondition, "DATA_FOLDER_IN_USE",
                 "the index is open in another process");
  }
  if (type == "DatabaseCorruptError" || type == "DatabaseVersionError" || type == "SerialisationError") {
    return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "the index is damaged: " + error.get_msg());
  }
  if (type.substr(0, 8) == "Database") {
    return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE",
                 "the index cannot be used now: " + error.get_msg());
  }
  return Error(StatusCode::kInternal, "INTERNAL", "index: " + std::string(type));
}

}  // namespace duijie::search
