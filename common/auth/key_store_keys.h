// SPDX-License-Identifier: GPL-3.0-or-later
// Every key shape of the store "keys" (API keys and audit log); see docs/formats/api_keys.md.
//
//   'K' key id                        → internal.v1.StoredKey
//   'A' sequence (desc)               → v1.AuditEntry, latest first
//   'R' record, sequence (desc)       → ""   entries about a record
//   'U' key id, sequence (desc)       → ""   entries of a key
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duijie::key_store_keys {

std::string Key(std::string_view key_id);
std::string KeysPrefix();

std::string Audit(uint64_t sequence);
std::string AuditPrefix();
std::string AuditOfRecord(std::string_view record, uint64_t sequence);
std::string AuditOfRecordPrefix(std::string_view record);
std::string AuditOfKey(std::string_view key_id, uint64_t sequence);
std::string AuditOfKeyPrefix(std::string_view key_id);

// The sequence of a key of one of the three audit shapes.
std::optional<uint64_t> AuditSequence(std::string_view key);

}  // namespace duijie::key_store_keys
