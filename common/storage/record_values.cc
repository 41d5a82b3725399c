// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/record_values.h"

#include <absl/strings/escaping.h>

#include "common/storage/key_codec.h"

namespace duijie::record_values {
namespace {

constexpr uint8_t kLive = 0x01;
constexpr uint8_t kDeleted = 0x02;

bool ReadState(KeyReader& reader, bool* deleted) {
  uint8_t tag = 0;
  if (!reader.AnyTag(&tag) || (tag != kLive && tag != kDeleted)) return false;
  *deleted = tag == kDeleted;
  return true;
}

bool ReadIndexKey(KeyReader& reader, IndexKey* key) {
  uint8_t unique = 0;
  if (!reader.Str(&key->index) || !reader.Str(&key->key) || !reader.AnyTag(&unique) || unique > 1)
    return false;
  key->unique = unique == 1;
  return true;
}

}  // namespace

std::string EncodeVersion(const StoredVersion& version) {
  KeyBuilder out;
  out.Tag(version.deleted ? kDeleted : kLive).U64(version.index_keys.size());
  for (const IndexKey& key : version.index_keys) out.Str(key.index).Str(key.key).Tag(key.unique ? 1 : 0);
  return out.Raw(version.bytes).Take();
}

std::string EncodeChanges(const std::vector<Change>& changes) {
  KeyBuilder out;
  out.U64(changes.size());
  for (const Change& change : changes) {
    out.Str(change.collection).Str(change.id).Tag(change.deleted ? kDeleted : kLive);
  }
  return out.Take();
}

StatusOr<StoredVersion> DecodeVersion(std::string_view key, std::string_view value) {
  KeyReader reader(value);
  StoredVersion version;
  uint64_t count = 0;
  if (!ReadState(reader, &version.deleted) || !reader.U64(&count)) return Undecodable(key);
  for (uint64_t i = 0; i < count; ++i) {
    IndexKey index_key;
    if (!ReadIndexKey(reader, &index_key)) return Undecodable(key);
    version.index_keys.push_back(std::move(index_key));
  }
  version.bytes = reader.Rest();
  return version;
}

Status DecodeChanges(std::string_view key, std::string_view value, Revision revision,
                     std::vector<Change>* changes) {
  KeyReader reader(value);
  uint64_t count = 0;
  if (!reader.U64(&count)) return Undecodable(key);
  for (uint64_t i = 0; i < count; ++i) {
    Change change;
    change.revision = revision;
    if (!reader.Str(&change.collection) || !reader.Str(&change.id) || !ReadState(reader, &change.deleted)) {
      return Undecodable(key);
    }
    changes->push_back(std::move(change));
  }
  return reader.AtEnd() ? OkStatus() : Undecodable(key);
}

Status Undecodable(std::string_view key) {
  return Error(StatusCode::kDataLoss, "STORE_CORRUPT",
               "a stored key or value of the record layer does not decode",
               {{"key", absl::BytesToHexString(absl::string_view(key.data(), key.size()))}});
}

}  // namespace duijie::record_values
