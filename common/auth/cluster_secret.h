// SPDX-License-Identifier: GPL-3.0-or-later
// The secret from which a process derives its keys (page tokens, calls between processes).
#pragma once

#include <string>

#include "common/status/status.h"

namespace duijie {

inline constexpr size_t kMinClusterSecretBytes = 32;
inline constexpr size_t kMaxClusterSecretBytes = 4096;

// Reads the file, without white space at its end. FAILED_PRECONDITION INVALID_CONFIG if it cannot be read or
// its length is out of range.
StatusOr<std::string> ReadClusterSecret(const std::string& path);

// The same, but makes the file with a random secret, readable by its owner only, if it does not exist.
StatusOr<std::string> ReadOrCreateClusterSecret(const std::string& path);

// Writes a file that only its owner may read, whole or not at all, and syncs it. Replaces an old one. Errors:
// FolderError.
Status WriteSecretFile(const std::string& path, const std::string& contents);

}  // namespace duijie
