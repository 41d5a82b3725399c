// SPDX-License-Identifier: GPL-3.0-or-later
// Adds the value envelope to any KvStore: seals on Write, verifies on Get and Scan.
#pragma once

#include <memory>

#include "common/storage/kv_store.h"

namespace duijie {

std::unique_ptr<KvStore> NewChecksummedStore(std::unique_ptr<KvStore> store);
// The same over a store owned by the caller, which must outlive the result.
std::unique_ptr<KvStore> NewChecksummedStore(KvStore* store);

}  // namespace duijie
