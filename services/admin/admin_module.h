// SPDX-License-Identifier: GPL-3.0-or-later
// The role "admin": API keys, audit log, backups, status. Owns the store "keys".
#pragma once

#include "common/rpc/app.h"
#include "common/status/status.h"

namespace duijie {

// Opens the store, answers the edge's questions about keys, and, if no administrator's key works (first
// start, or all expired or revoked), writes a new one to <data folder>/admin.key, readable by the daemon's
// user only: whoever can read that folder owns the installation anyway, and nobody is ever locked out.
Status BindAdmin(rpc::App& app);

}  // namespace duijie
