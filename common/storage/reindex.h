// SPDX-License-Identifier: GPL-3.0-or-later
// New index keys for the records of a store that was written before an index existed. Records keep their
// versions and revisions; only the keys that they hold change. Each batch leaves its records complete, so
// that a run that was cut short is simply run again.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/storage/kv_store.h"
#include "common/storage/record_types.h"

namespace duijie {

// Every index key of a live record, as a commit would state them.
using KeysOfRecord =
    std::function<StatusOr<std::vector<IndexKey>>(const std::string& id, const std::string& bytes)>;

// Returns how many records changed. Nobody may write to the store meanwhile; who has read it before sees the
// new keys after the next commit. Unique keys are not checked: they must be those that the records hold.
StatusOr<size_t> Reindex(KvStore* store, std::string_view collection, const KeysOfRecord& keys_of);

}  // namespace duijie
