// SPDX-License-Identifier: GPL-3.0-or-later
// Every key shape of the record layer, in the grammar of key_codec.h. Change nothing here without a new
// storage format version: docs/formats/storage.md.
//
//   version   0x10  str collection  str id  u64desc revision        -> version value (record_values.h)
//   index     0x11  str index  str key  str collection  str id      -> empty
//   change    0x12  u64 revision                                    -> change value (record_values.h)
//   side      0x13  str space  str key                              -> the caller's bytes
//
// 0x10 to 0x1f belong to the record layer; other users of the same KvStore start their keys at 0x40 or above.
#pragma once

#include <string>
#include <string_view>

#include "common/storage/record_types.h"

namespace duijie::record_keys {

std::string Version(std::string_view collection, std::string_view id, Revision revision);
std::string VersionsOfRecord(std::string_view collection, std::string_view id);  // prefix
std::string VersionsOfCollection(std::string_view collection);                   // prefix
bool ParseVersion(std::string_view key, std::string* id, Revision* revision);

std::string Index(const IndexKey& index_key, std::string_view collection, std::string_view id);
std::string IndexOwners(std::string_view index, std::string_view key);           // prefix: that very key
std::string IndexKeysFrom(std::string_view index, std::string_view key_prefix);  // prefix: keys that start so
std::string IndexPosition(std::string_view index, std::string_view position);    // index + IndexTail
std::string_view IndexTail(std::string_view index, std::string_view key);  // the bytes after the index name
bool ParseIndex(std::string_view key, IndexEntry* entry);

std::string ChangeAt(Revision revision);
std::string AllChanges();  // prefix
bool ParseChange(std::string_view key, Revision* revision);

std::string Side(std::string_view space, std::string_view key);
std::string SidesOfSpace(std::string_view space);  // prefix
bool ParseSide(std::string_view key, SideEntry* entry);

// The range of all keys of the record layer.
std::string First();
std::string End();

}  // namespace duijie::record_keys
