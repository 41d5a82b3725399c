// SPDX-License-Identifier: GPL-3.0-or-later
// The first key of an installation.
#pragma once

#include <string>

#include "common/auth/key_ring.h"
#include "common/status/status.h"

namespace duijie {

inline constexpr char kAdminKeyFile[] = "admin.key";

// If no administrator's key works, makes one and writes it to `path`, and only then lets it work: a crash in
// between leaves a file with a key that does not work, and the next start replaces it. True if it made one.
StatusOr<bool> EnsureAdminKey(KeyRing& keys, const std::string& path);

}  // namespace duijie
