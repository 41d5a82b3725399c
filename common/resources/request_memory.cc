// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/resources/request_memory.h"

#include "common/auth/digest.h"
#include "common/storage/key_codec.h"

namespace duijie {
namespace {

constexpr size_t kUuidLength = 36;

std::string RequestKey(std::string_view caller, std::string_view request_id) {
  return KeyBuilder().Str(caller).Str(request_id).Take();
}

std::string RequestExpiryKey(UnixMicros expires, std::string_view request_key) {
  return KeyBuilder().U64(static_cast<uint64_t>(expires)).Raw(request_key).Take();
}

// The two parts of a RequestExpiryKey; false if it is none.
bool ParseRequestExpiryKey(std::string_view key, UnixMicros* expires, std::string* request_key) {
  KeyReader reader(key);
  uint64_t micros = 0;
  if (!reader.U64(&micros)) return false;
  *expires = static_cast<UnixMicros>(micros);
  *request_key = std::string(reader.Rest());
  return true;
}

// Value of a request entry, in the grammar of key_codec.h.
struct Remembered {
  std::string method;
  std::string fingerprint;
  uint64_t expires = 0;  // UnixMicros
  std::string collection;
  std::string id;
  Revision prior = 0;  // the newest version of the record before the write, tombstones included
  std::string bytes_hash;
};

std::string Encode(const Remembered& r) {
  return KeyBuilder()
      .Str(r.method)
      .Str(r.fingerprint)
      .U64(r.expires)
      .Str(r.collection)
      .Str(r.id)
      .U64(r.prior)
      .Str(r.bytes_hash)
      .Take();
}

bool Decode(std::string_view value, Remembered* r) {
  KeyReader reader(value);
  return reader.Str(&r->method) && reader.Str(&r->fingerprint) && reader.U64(&r->expires) &&
         reader.Str(&r->collection) && reader.Str(&r->id) && reader.U64(&r->prior) &&
         reader.Str(&r->bytes_hash) && reader.AtEnd();
}

Status Corrupt() {
  return Error(StatusCode::kDataLoss, "STORE_CORRUPT", "a remembered request does not decode");
}

}  // namespace

Status CheckRequestId(std::string_view request_id) {
  if (request_id.empty()) return OkStatus();
  bool is_uuid = request_id.size() == kUuidLength;
  for (size_t i = 0; is_uuid && i < request_id.size(); ++i) {
    const char c = request_id[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    is_uuid = dash ? c == '-' : hex;
  }
  if (is_uuid) return OkStatus();
  return InvalidField("request_id", "INVALID_UUID", "应为 UUID");
}

WriteRequest DescribeRequest(std::string_view caller, std::string_view method,
                             const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  WriteRequest described{std::string(caller), std::string(method),
                         request.GetReflection()->GetString(request, field), ""};
  if (described.request_id.empty()) return described;
  std::unique_ptr<google::protobuf::Message> bare(request.New());
  bare->CopyFrom(request);
  bare->GetReflection()->ClearField(bare.get(), field);
  described.fingerprint = crypto::Sha256(bare->SerializeAsString());
  return described;
}

StatusOr<std::optional<RequestMemory::Answer>> RequestMemory::Find(const WriteRequest& request) const {
  if (request.request_id.empty()) return std::nullopt;
  DUIJIE_RETURN_IF_ERROR(CheckRequestId(request.request_id));
  DUIJIE_ASSIGN_OR_RETURN(auto value,
                          log_.GetSide(kRequestSpace, RequestKey(request.caller, request.request_id)));
  if (!value) return std::nullopt;
  Remembered remembered;
  if (!Decode(*value, &remembered)) return Corrupt();
  if (static_cast<UnixMicros>(remembered.expires) <= clock_.Now()) return std::nullopt;
  if (remembered.method != request.method || remembered.fingerprint != request.fingerprint) {
    return Error(StatusCode::kInvalidArgument, "REQUEST_ID_REUSED",
                 "this request_id was used with another request");
  }
  DUIJIE_ASSIGN_OR_RETURN(RecordVersion version, VersionAfter(remembered.collection, remembered.id,
                                                              remembered.prior, remembered.bytes_hash));
  return Answer{remembered.collection, remembered.id, std::move(version)};
}

// A commit does not know its revision before it is made, so the entry holds what the version followed and the
// hash of its bytes, and the version is found by walking back from the newest.
StatusOr<RecordVersion> RequestMemory::VersionAfter(const std::string& collection, const std::string& id,
                                                    Revision prior, const std::string& bytes_hash) const {
  auto version = log_.GetVersion(collection, id);
  while (version.ok() && version->revision > prior) {
    if (crypto::Sha256(version->bytes) == bytes_hash) return version;
    version = log_.GetVersion(collection, id, version->revision - 1);
  }
  if (!version.ok() && version.status().code() != StatusCode::kNotFound) return version.status();
  return Corrupt();
}

StatusOr<std::vector<SideEntry>> RequestMemory::EntriesFor(const WriteRequest& request,
                                                           const Mutation& mutation) const {
  if (request.request_id.empty()) return std::vector<SideEntry>();
  const auto newest = log_.GetVersion(mutation.collection, mutation.id);
  if (!newest.ok() && newest.status().code() != StatusCode::kNotFound) return newest.status();
  const UnixMicros expires = clock_.Now() + kRequestMemory;
  const std::string key = RequestKey(request.caller, request.request_id);
  const std::string value =
      Encode({request.method, request.fingerprint, static_cast<uint64_t>(expires), mutation.collection,
              mutation.id, newest.ok() ? newest->revision : 0, crypto::Sha256(mutation.bytes)});
  // An entry that is there but over is replaced; Find has seen that nothing else is.
  DUIJIE_ASSIGN_OR_RETURN(auto old, log_.GetSide(kRequestSpace, key));
  Remembered stale;
  const bool replace = old && Decode(*old, &stale) && static_cast<UnixMicros>(stale.expires) <= clock_.Now();
  return std::vector<SideEntry>{
      {std::string(kRequestSpace), key, value, !replace},
      {std::string(kRequestExpirySpace), RequestExpiryKey(expires, key), "", false}};
}

StatusOr<size_t> RequestMemory::Forget(size_t limit) {
  DUIJIE_ASSIGN_OR_RETURN(SidePage page, log_.ListSides(kRequestExpirySpace, "", limit));
  std::vector<SideEntry> deletions;
  size_t forgotten = 0;
  for (const SideEntry& entry : page.entries) {
    UnixMicros expires = 0;
    std::string key;
    if (!ParseRequestExpiryKey(entry.key, &expires, &key)) return Corrupt();
    if (expires > clock_.Now()) break;
    deletions.push_back({std::string(kRequestExpirySpace), entry.key, std::nullopt, false});
    // The request may have been made anew since; then the newer entry stays.
    DUIJIE_ASSIGN_OR_RETURN(auto value, log_.GetSide(kRequestSpace, key));
    Remembered remembered;
    if (value && Decode(*value, &remembered) && static_cast<UnixMicros>(remembered.expires) == expires) {
      deletions.push_back({std::string(kRequestSpace), key, std::nullopt, false});
    }
    ++forgotten;
  }
  if (!deletions.empty()) DUIJIE_RETURN_IF_ERROR(log_.Commit({}, std::move(deletions)).status());
  return forgotten;
}

}  // namespace duijie
