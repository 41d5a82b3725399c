// SPDX-License-Identifier: GPL-3.0-or-later
// The index keys of a record, and the entries that stand for them in a store.
#pragma once

#include <string_view>
#include <vector>

#include "common/storage/kv_store.h"
#include "common/storage/record_types.h"

namespace duijie {

// Sorts, without duplicates. One entry may be named as unique and as not: unique wins.
void SortIndexKeys(std::vector<IndexKey>* keys);

struct RecordId {
  std::string_view collection;
  std::string_view id;
};

// Deletes the entries that a record holds no more and puts those that it holds from now on.
void ReplaceIndexEntries(const RecordId& record, const std::vector<IndexKey>& before,
                         const std::vector<IndexKey>& after, WriteBatch* batch);

}  // namespace duijie
