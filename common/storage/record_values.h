// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of the values of the record layer, built from the fields of key_codec.h (a decoder that is safe
// on any bytes). See docs/formats/storage.md.
//
//   version value   tag live 0x01 | deleted 0x02
//                   u64 count { str index, str key, tag unique 0x00 | 0x01 }
//                   the record's bytes, to the end
//   change value    u64 count { str collection, str id, tag live 0x01 | deleted 0x02 }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/status/status.h"
#include "common/storage/record_types.h"

namespace duijie::record_values {

// A version as stored: what the record is, and the index keys it holds.
struct StoredVersion {
  bool deleted = false;
  std::vector<IndexKey> index_keys;  // sorted, without duplicates
  std::string bytes;
};

std::string EncodeVersion(const StoredVersion& version);
std::string EncodeChanges(const std::vector<Change>& changes);

// DATA_LOSS STORE_CORRUPT if `value` is not such a value; the key names it in the error.
StatusOr<StoredVersion> DecodeVersion(std::string_view key, std::string_view value);
// Appends; each change gets `revision`.
Status DecodeChanges(std::string_view key, std::string_view value, Revision revision,
                     std::vector<Change>* changes);

// DATA_LOSS STORE_CORRUPT for a key or value that does not decode.
Status Undecodable(std::string_view key);

}  // namespace duijie::record_values
