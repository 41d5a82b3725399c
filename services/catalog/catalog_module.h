// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog role: records in RocksDB below <data folder>/records, CatalogService and FeedService.
#pragma once

#include "common/rpc/app.h"
#include "common/status/status.h"

namespace duijie {

// Opens the store (the folder's lock is taken here), undoes imports that a crash cut off, and registers the
// services, the store "records" and the housekeeping thread.
Status BindCatalog(rpc::App& app);

}  // namespace duijie
