// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/audit_log.h"

#include "common/auth/key_store_keys.h"
#include "common/base/proto_time.h"
#include "common/storage/key_codec.h"

namespace duijie {
namespace {

namespace keys = key_store_keys;

// Cuts between characters: protobuf refuses strings that are not UTF-8.
void Cut(std::string* text) {
  if (text->size() <= AuditLog::kMaxFieldBytes) return;
  size_t end = AuditLog::kMaxFieldBytes;
  while (end > 0 && (static_cast<unsigned char>((*text)[end]) & 0xC0) == 0x80) --end;
  text->resize(end);
}

Status Undecodable() {
  return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "the audit log cannot be decoded");
}

// The narrowest range of keys that holds every entry the filter wants.
std::string PrefixFor(const AuditLog::Filter& filter) {
  if (!filter.record.empty()) return keys::AuditOfRecordPrefix(filter.record);
  if (!filter.key_id.empty()) return keys::AuditOfKeyPrefix(filter.key_id);
  return keys::AuditPrefix();
}

std::string StartFor(const AuditLog::Filter& filter, uint64_t sequence) {
  if (!filter.record.empty()) return keys::AuditOfRecord(filter.record, sequence);
  if (!filter.key_id.empty()) return keys::AuditOfKey(filter.key_id, sequence);
  return keys::Audit(sequence);
}

StatusOr<v1::AuditEntry> ReadEntry(const KvStore& store, uint64_t sequence) {
  DUIJIE_ASSIGN_OR_RETURN(auto value, store.Get(keys::Audit(sequence)));
  v1::AuditEntry entry;
  if (!value || !entry.ParseFromString(*value)) return Undecodable();
  return entry;
}

}  // namespace

StatusOr<std::unique_ptr<AuditLog>> AuditLog::Open(KvStore& store, const Clock& clock) {
  const std::string prefix = keys::AuditPrefix();
  auto it = store.Scan(prefix, PrefixEnd(prefix));
  DUIJIE_RETURN_IF_ERROR(it->status());
  uint64_t next = 1;
  if (it->Valid()) {
    const auto latest = keys::AuditSequence(it->key());
    if (!latest) return Undecodable();
    next = *latest + 1;
  }
  return std::unique_ptr<AuditLog>(new AuditLog(store, clock, next));
}

Status AuditLog::Append(v1::AuditEntry entry) {
  *entry.mutable_time() = TimestampOf(clock_.Now());
  for (std::string* text : {entry.mutable_key_id(), entry.mutable_method(), entry.mutable_record(),
                            entry.mutable_outcome(), entry.mutable_request_id()}) {
    Cut(text);
  }
  const uint64_t sequence = next_.fetch_add(1);
  WriteBatch batch;
  batch.Put(keys::Audit(sequence), entry.SerializeAsString());
  if (!entry.record().empty()) batch.Put(keys::AuditOfRecord(entry.record(), sequence), "");
  if (!entry.key_id().empty()) batch.Put(keys::AuditOfKey(entry.key_id(), sequence), "");
  return store_.Write(batch);
}

StatusOr<AuditLog::Page> AuditLog::List(const Filter& filter, uint64_t before, int limit) const {
  Page page;
  auto it = store_.Scan(PrefixFor(filter), PrefixEnd(PrefixFor(filter)));
  if (before > 0) it->Seek(StartFor(filter, before - 1));
  uint64_t last = 0;
  for (int scanned = 0; it->Valid(); it->Next(), ++scanned) {
    if (scanned == kMaxScanned || static_cast<int>(page.entries.size()) == limit) {
      page.next_before = last;
      return page;
    }
    const auto sequence = keys::AuditSequence(it->key());
    if (!sequence) return Undecodable();
    last = *sequence;
    DUIJIE_ASSIGN_OR_RETURN(v1::AuditEntry entry, ReadEntry(store_, *sequence));
    if (filter.key_id.empty() || entry.key_id() == filter.key_id) page.entries.push_back(std::move(entry));
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

}  // namespace duijie
