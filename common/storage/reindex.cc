// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/reindex.h"

#include "common/storage/index_entries.h"
#include "common/storage/key_codec.h"
#include "common/storage/record_keys.h"
#include "common/storage/record_values.h"

namespace duijie {
namespace {

constexpr size_t kBatchBytes = 4 * 1024 * 1024;

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
    SortIndexKeys(&keys);
    if (keys == version.index_keys) continue;
    ReplaceIndexEntries({collection, id}, version.index_keys, keys, &batch);
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
