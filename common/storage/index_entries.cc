// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/index_entries.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "common/storage/record_keys.h"

namespace duijie {
namespace {

std::set<std::string> EntriesOf(const RecordId& record, const std::vector<IndexKey>& keys) {
  std::set<std::string> entries;
  for (const IndexKey& key : keys) entries.insert(record_keys::Index(key, record.collection, record.id));
  return entries;
}

}  // namespace

void SortIndexKeys(std::vector<IndexKey>* keys) {
  std::sort(keys->begin(), keys->end(), [](const IndexKey& a, const IndexKey& b) {
    return std::tie(a.index, a.key, b.unique) < std::tie(b.index, b.key, a.unique);
  });
  const auto same_entry = [](const IndexKey& a, const IndexKey& b) {
    return a.index == b.index && a.key == b.key;
  };
  keys->erase(std::unique(keys->begin(), keys->end(), same_entry), keys->end());
}

void ReplaceIndexEntries(const RecordId& record, const std::vector<IndexKey>& before,
                         const std::vector<IndexKey>& after, WriteBatch* batch) {
  const std::set<std::string> old_entries = EntriesOf(record, before);
  const std::set<std::string> new_entries = EntriesOf(record, after);
  for (const std::string& entry : old_entries) {
    if (!new_entries.contains(entry)) batch->Delete(entry);
  }
  for (const std::string& entry : new_entries) {
    if (!old_entries.contains(entry)) batch->Put(entry, "");
  }
}

}  // namespace duijie
