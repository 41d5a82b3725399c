// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/storage/record_keys.h"

#include "common/storage/key_codec.h"

namespace duijie::record_keys {
namespace {

// Never renumber.
constexpr uint8_t kVersion = 0x10;
constexpr uint8_t kIndex = 0x11;
constexpr uint8_t kChange = 0x12;
constexpr uint8_t kSide = 0x13;
constexpr uint8_t kEnd = 0x20;

KeyBuilder Shape(uint8_t tag) {
  KeyBuilder builder;
  builder.Tag(tag);
  return builder;
}

}  // namespace

std::string Version(std::string_view collection, std::string_view id, Revision revision) {
  return Shape(kVersion).Str(collection).Str(id).U64Desc(revision).Take();
}

std::string VersionsOfRecord(std::string_view collection, std::string_view id) {
  return Shape(kVersion).Str(collection).Str(id).Take();
}

std::string VersionsOfCollection(std::string_view collection) {
  return Shape(kVersion).Str(collection).Take();
}

bool ParseVersion(std::string_view key, std::string* id, Revision* revision) {
  KeyReader reader(key);
  std::string collection;
  return reader.Tag(kVersion) && reader.Str(&collection) && reader.Str(id) && reader.U64Desc(revision) &&
         reader.AtEnd();
}

std::string Index(const IndexKey& index_key, std::string_view collection, std::string_view id) {
  return Shape(kIndex).Str(index_key.index).Str(index_key.key).Str(collection).Str(id).Take();
}

std::string IndexOwners(std::string_view index, std::string_view key) {
  return Shape(kIndex).Str(index).Str(key).Take();
}

std::string IndexKeysFrom(std::string_view index, std::string_view key_prefix) {
  return Shape(kIndex).Str(index).StrPrefix(key_prefix).Take();
}

std::string IndexPosition(std::string_view index, std::string_view position) {
  return Shape(kIndex).Str(index).Raw(position).Take();
}

std::string_view IndexTail(std::string_view index, std::string_view key) {
  return key.substr(IndexPosition(index, "").size());
}

bool ParseIndex(std::string_view key, IndexEntry* entry) {
  KeyReader reader(key);
  std::string index;
  return reader.Tag(kIndex) && reader.Str(&index) && reader.Str(&entry->key) &&
         reader.Str(&entry->collection) && reader.Str(&entry->id) && reader.AtEnd();
}

std::string ChangeAt(Revision revision) { return Shape(kChange).U64(revision).Take(); }

std::string AllChanges() { return Shape(kChange).Take(); }

bool ParseChange(std::string_view key, Revision* revision) {
  KeyReader reader(key);
  return reader.Tag(kChange) && reader.U64(revision) && reader.AtEnd();
}

std::string Side(std::string_view space, std::string_view key) {
  return Shape(kSide).Str(space).Str(key).Take();
}

std::string SidesOfSpace(std::string_view space) { return Shape(kSide).Str(space).Take(); }

bool ParseSide(std::string_view key, SideEntry* entry) {
  KeyReader reader(key);
  return reader.Tag(kSide) && reader.Str(&entry->space) && reader.Str(&entry->key) && reader.AtEnd();
}

std::string First() { return Shape(kVersion).Take(); }
std::string End() { return Shape(kEnd).Take(); }

}  // namespace duijie::record_keys
