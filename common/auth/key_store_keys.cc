// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/key_store_keys.h"

#include "common/storage/key_codec.h"

namespace duijie::key_store_keys {
namespace {

constexpr uint8_t kKeyTag = 'K';
constexpr uint8_t kAuditTag = 'A';
constexpr uint8_t kRecordTag = 'R';
constexpr uint8_t kUserTag = 'U';

}  // namespace

std::string Key(std::string_view key_id) { return KeyBuilder().Tag(kKeyTag).Str(key_id).Take(); }
std::string KeysPrefix() { return KeyBuilder().Tag(kKeyTag).Take(); }

std::string Audit(uint64_t sequence) { return KeyBuilder().Tag(kAuditTag).U64Desc(sequence).Take(); }
std::string AuditPrefix() { return KeyBuilder().Tag(kAuditTag).Take(); }

std::string AuditOfRecord(std::string_view record, uint64_t sequence) {
  return KeyBuilder().Tag(kRecordTag).Str(record).U64Desc(sequence).Take();
}
std::string AuditOfRecordPrefix(std::string_view record) {
  return KeyBuilder().Tag(kRecordTag).Str(record).Take();
}

std::string AuditOfKey(std::string_view key_id, uint64_t sequence) {
  return KeyBuilder().Tag(kUserTag).Str(key_id).U64Desc(sequence).Take();
}
std::string AuditOfKeyPrefix(std::string_view key_id) {
  return KeyBuilder().Tag(kUserTag).Str(key_id).Take();
}

std::optional<uint64_t> AuditSequence(std::string_view key) {
  KeyReader reader(key);
  uint8_t tag = 0;
  std::string text;
  uint64_t sequence = 0;
  reader.AnyTag(&tag);
  if (tag == kRecordTag || tag == kUserTag) reader.Str(&text);
  reader.U64Desc(&sequence);
  const bool known = tag == kAuditTag || tag == kRecordTag || tag == kUserTag;
  if (!known || !reader.AtEnd()) return std::nullopt;
  return sequence;
}

}  // namespace duijie::key_store_keys
