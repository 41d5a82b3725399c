// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/catalog/stored_record.h"

#include <array>
#include <type_traits>

#include <google/protobuf/util/message_differencer.h>

#include "services/catalog/catalog_keys.h"
#include "services/catalog/need_index.h"

namespace duijie::catalog {
namespace {

constexpr std::string_view kEtagPrefix = "r";
constexpr std::array<std::string_view, 8> kOutputFields = {
    "name", "state", "state_changes", "etag", "create_time", "update_time", "revision", "identity_hidden"};

template <typename Record>
std::vector<IndexKey> IndexKeysOf(const Record& record) {
  std::vector<IndexKey> keys;
  for (const auto& provenance : record.provenances()) {
    keys.push_back({std::string(kProvenanceIndex),
                    ProvenanceKey(RecordTraits<Record>::kCollection, provenance.source_library(),
                                  provenance.external_id()),
                    true});
  }
  if (record.state() == v1::RECORD_STATE_PUBLISHED && !record.valid_until().empty()) {
    keys.push_back({std::string(kExpiryIndex), record.valid_until(), false});
  }
  if constexpr (std::is_same_v<Record, v1::Enterprise>) {
    if (!record.credit_code().empty()) {
      keys.push_back({std::string(kCreditCodeIndex), record.credit_code(), true});
    }
    keys.push_back({std::string(kEnterpriseTitleIndex), record.title(), false});
  }
  if constexpr (std::is_same_v<Record, v1::Need>) AddNeedIndexKeys(record, &keys);
  return keys;
}

template <typename Record>
std::string StoredBytes(Record record) {
  record.clear_name();
  record.clear_etag();
  record.clear_revision();
  if constexpr (std::is_same_v<Record, v1::Need>) record.clear_identity_hidden();
  return record.SerializeAsString();
}

}  // namespace

std::string EtagOf(Revision revision) { return std::string(kEtagPrefix) + std::to_string(revision); }

Mutation WriteOf(const AnyRecord& record, const std::string& id, std::optional<Revision> expected_revision) {
  Mutation mutation;
  mutation.collection = CollectionName(CollectionOf(record));
  mutation.id = id;
  mutation.expected_revision = expected_revision;
  std::visit(
      [&](const auto& r) {
        mutation.bytes = StoredBytes(r);
        mutation.index_keys = IndexKeysOf(r);
      },
      record);
  return mutation;
}

StatusOr<std::vector<IndexKey>> IndexKeysOf(v1::Collection collection, const std::string& id,
                                            const std::string& bytes) {
  DUIJIE_ASSIGN_OR_RETURN(const AnyRecord record, ReadOf(collection, id, {0, false, bytes}));
  return std::visit([](const auto& r) { return IndexKeysOf(r); }, record);
}

Mutation TombstoneOf(v1::Collection collection, const std::string& id,
                     std::optional<Revision> expected_revision) {
  Mutation mutation;
  mutation.collection = CollectionName(collection);
  mutation.id = id;
  mutation.tombstone = true;
  mutation.expected_revision = expected_revision;
  return mutation;
}

StatusOr<AnyRecord> ReadOf(v1::Collection collection, const std::string& id, const RecordVersion& version) {
  AnyRecord record = NewRecord(collection);
  if (!ProtoOf(record).ParseFromString(version.bytes)) {
    return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a stored record does not decode",
                 {{"key", MakeName(collection, id)}});
  }
  std::visit(
      [&](auto& r) {
        r.set_name(MakeName(collection, id));
        r.set_revision(static_cast<int64_t>(version.revision));
        r.set_etag(EtagOf(version.revision));
      },
      record);
  return record;
}

bool IsOutputField(std::string_view field) {
  for (const auto output : kOutputFields) {
    if (field == output) return true;
  }
  return false;
}

void ClearOutputFields(AnyRecord* record) {
  auto& message = ProtoOf(*record);
  for (const auto name : kOutputFields) {
    const auto* field = message.GetDescriptor()->FindFieldByName(std::string(name));
    if (field != nullptr) message.GetReflection()->ClearField(&message, field);
  }
}

bool SameContent(const AnyRecord& a, const AnyRecord& b) {
  if (CollectionOf(a) != CollectionOf(b)) return false;
  AnyRecord left = a, right = b;
  ClearOutputFields(&left);
  ClearOutputFields(&right);
  return google::protobuf::util::MessageDifferencer::Equals(ProtoOf(left), ProtoOf(right));
}

}  // namespace duijie::catalog
