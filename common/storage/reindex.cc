// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/reindex.h"

#include <algorithm>
#include <set>

#include "common/storage/key_codec.h"
#include "common/storage/record_keys.h"
#include "common/storage/record_values.h"

namespace duijie {
namespace {

constexpr size_t kBatchBytes = 4 * 1024 * 1024;

std::set<std::string> EntriesOf(const std::vector<IndexKey>& keys, std::string_view collection,
                                std::string_view id) {
  std::set<std::string> entries;
  for (const IndexKey& key : keys) entries.insert(record_keys::Index(key, collection, id));
  return entries;
}

void Replace(const std::set<std::string>& before, const std::set<std::string>& after, WriteBatch* batch) {
  for (const std::string& entry : before) {
    if (!after.contains(entry)) batch->Delete(entry);
  }
  for (const std::string& entry : after) {
    if (!before.contains(entry)) batch->Put(entry, "");
  }
}

}  // namespace

StatusOr<size_t> Reindex(KvStore* store, std::string_view collection, const KeysOfRecord& keys_of) {
  const std::string all = record_keys::VersionsOfCollection(collection);
  const auto snapshot = store->GetSnapshot();
  const auto it = store->Scan(all, PrefixEnd(all), snapshot.get());
  size_t changed = 0;
  WriteBatch batch;
  std::string last;
  for (; it->Valid(); it->Next()) {
    std::string id;
    Revision revision = 0;
    if (!record_keys::ParseVersion(it->key(), &id, &revision)) return record_values::Undecodable(it->key());
    if (id == last) continue;  // the newest version comes first
    last = id;
    DUIJIE_ASSIGN_OR_RETURN(auto version, record_values::DecodeVersion(it->key(), it->value()));
    if (version.deleted) continue;
    DUIJIE_ASSIGN_OR_RETURN(std::vector<IndexKey> keys, keys_of(id, version.bytes));
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    if (keys == version.index_keys) continue;
    Replace(EntriesOf(version.index_keys, collection, id), EntriesOf(keys, collection, id), &batch);
    version.index_keys = std::move(keys);
    batch.Put(std::string(it->key()), record_values::EncodeVersion(version));
    ++changed;
    if (batch.bytes() < kBatchBytes) continue;
    DUIJIE_RETURN_IF_ERROR(store->Write(batch));
    batch = WriteBatch();
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  if (!batch.empty()) DUIJIE_RETURN_IF_ERROR(store->Write(batch));
  return changed;
}

}  // namespace duijie
