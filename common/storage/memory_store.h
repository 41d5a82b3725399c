// SPDX-License-Identifier: GPL-3.0-or-later
// A KvStore in memory: the whole contract except durability and backup. For tests and for throw-away runs.
#pragma once

#include <memory>

#include "common/storage/kv_store.h"

namespace duijie {

std::unique_ptr<KvStore> NewMemoryStore();

}  // namespace duijie
