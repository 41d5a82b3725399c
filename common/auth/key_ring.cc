// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/auth/key_ring.h"

#include <algorithm>

#include "common/auth/crypto.h"
#include "common/auth/key_store_keys.h"
#include "common/base/proto_time.h"
#include "common/storage/key_codec.h"
#include "duijie/internal/v1/stored_key.pb.h"

namespace duijie {
namespace {

constexpr std::string_view kKeyPrefix = "djk_";
constexpr size_t kIdChars = 16;  // "k" and 15 hex digits
constexpr size_t kSecretBytes = 32;
constexpr size_t kSecretChars = 43;
constexpr size_t kPresentedChars = 4 + kIdChars + 1 + kSecretChars;
constexpr std::string_view kEnterprisePrefix = "enterprises/";
constexpr size_t kMaxEnterpriseBytes = 128;
constexpr size_t kMaxParkBytes = 32;

Status InvalidKey() { return Error(StatusCode::kUnauthenticated, "INVALID_API_KEY", "no valid API key"); }

Status NoSuchKey() { return Error(StatusCode::kNotFound, "RECORD_NOT_FOUND", "no such API key"); }

// The id inside "djk_<id>_<secret>", if the shape is right.
std::optional<std::string_view> IdOf(std::string_view presented) {
  if (presented.size() != kPresentedChars || presented.substr(0, kKeyPrefix.size()) != kKeyPrefix)
    return std::nullopt;
  if (presented[kKeyPrefix.size() + kIdChars] != '_') return std::nullopt;
  return presented.substr(kKeyPrefix.size(), kIdChars);
}

bool IsUsable(const v1::ApiKey& key, UnixMicros now) {
  return !key.has_revoke_time() && MicrosOf(key.expire_time()) > now;
}

StatusOr<internal::v1::StoredKey> Decode(std::string_view value) {
  internal::v1::StoredKey stored;
  if (!stored.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return Error(StatusCode::kDataLoss, "CHECKSUM_MISMATCH", "a stored API key cannot be decoded");
  }
  return stored;
}

StatusOr<internal::v1::StoredKey> Read(const KvStore& store, std::string_view key_id) {
  DUIJIE_ASSIGN_OR_RETURN(auto value, store.Get(key_store_keys::Key(key_id)));
  if (!value) return NoSuchKey();
  return Decode(*value);
}

bool IsTimestamp(const google::protobuf::Timestamp& time) {
  return time.seconds() >= kFirstTimestampSecond && time.seconds() <= kLastTimestampSecond &&
         time.nanos() >= 0 && time.nanos() < 1'000'000'000;
}

bool HasControlCharacters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

void CheckScope(const v1::ApiKey& key, std::vector<FieldViolation>& bad) {
  const bool staff = key.role() == v1::ROLE_STAFF;
  if (!staff && (key.park_codes_size() > 0 || key.all_parks())) {
    bad.push_back({"api_key.park_codes", "ONLY_FOR_STAFF", "只有工作人员的密钥可以设置园区范围"});
  }
  if (key.park_codes_size() > KeyRing::kMaxParks) {
    bad.push_back({"api_key.park_codes", "TOO_MANY", "园区代码最多 20 个"});
  }
  for (int i = 0; i < key.park_codes_size() && i < KeyRing::kMaxParks; ++i) {
    const std::string& code = key.park_codes(i);
    if (code.empty() || code.size() > kMaxParkBytes || HasControlCharacters(code)) {
      bad.push_back({"api_key.park_codes[" + std::to_string(i) + "]", "FORMAT", "园区代码格式不正确"});
    }
  }
  const std::string& enterprise = key.enterprise();
  if (key.role() != v1::ROLE_ENTERPRISE) {
    if (!enterprise.empty())
      bad.push_back({"api_key.enterprise", "ONLY_FOR_ENTERPRISE", "只有企业密钥可以指定所属企业"});
  } else if (enterprise.size() <= kEnterprisePrefix.size() || enterprise.size() > kMaxEnterpriseBytes ||
             enterprise.rfind(kEnterprisePrefix, 0) != 0 || HasControlCharacters(enterprise)) {
    bad.push_back({"api_key.enterprise", "REQUIRED", "企业密钥必须指定所属企业，格式为 enterprises/{id}"});
  }
}

Status Validate(const v1::ApiKey& key, UnixMicros now) {
  std::vector<FieldViolation> bad;
  if (key.title().empty()) bad.push_back({"api_key.title", "REQUIRED", "必须填写密钥用途或持有人"});
  if (key.title().size() > KeyRing::kMaxTitleBytes)
    bad.push_back({"api_key.title", "TOO_LONG", "最多 100 个汉字"});
  if (HasControlCharacters(key.title())) bad.push_back({"api_key.title", "FORMAT", "不能含有控制字符"});
  if (key.role() <= v1::ROLE_UNSPECIFIED || key.role() > v1::Role_MAX) {
    bad.push_back({"api_key.role", "REQUIRED", "必须指定角色"});
  }
  CheckScope(key, bad);
  if (key.has_expire_time()) {
    const bool valid = IsTimestamp(key.expire_time());
    const UnixMicros expires = valid ? MicrosOf(key.expire_time()) : 0;
    if (expires <= now) bad.push_back({"api_key.expire_time", "IN_THE_PAST", "到期时间必须晚于现在"});
    if (expires > now + KeyRing::kMaxLifeDays * kMicrosPerDay) {
      bad.push_back({"api_key.expire_time", "TOO_LATE", "有效期最长十年"});
    }
  }
  return bad.empty() ? OkStatus() : InvalidFields(bad);
}

}  // namespace

StatusOr<KeyRing::Created> KeyRing::Create(const v1::ApiKey& wanted) {
  DUIJIE_ASSIGN_OR_RETURN(Created created, Prepare(wanted));
  DUIJIE_RETURN_IF_ERROR(Store(created));
  return created;
}

StatusOr<KeyRing::Created> KeyRing::Prepare(const v1::ApiKey& wanted) const {
  const UnixMicros now = clock_.Now();
  DUIJIE_RETURN_IF_ERROR(Validate(wanted, now));
  Created created;
  created.api_key = wanted;
  created.api_key.clear_revoke_time();
  *created.api_key.mutable_create_time() = TimestampOf(now);
  if (!wanted.has_expire_time()) {
    *created.api_key.mutable_expire_time() = TimestampOf(now + kDefaultLifeDays * kMicrosPerDay);
  }
  const std::string id = "k" + crypto::ToHex(crypto::RandomBytes(kIdChars / 2)).substr(0, kIdChars - 1);
  created.api_key.set_key_id(id);
  created.presented =
      std::string(kKeyPrefix) + id + "_" + crypto::ToBase64Url(crypto::RandomBytes(kSecretBytes));
  return created;
}

Status KeyRing::Store(const Created& created) {
  internal::v1::StoredKey stored;
  *stored.mutable_api_key() = created.api_key;
  stored.set_presented_hash(crypto::Hash(created.presented));
  std::lock_guard lock(write_mutex_);
  if (!count_) {
    DUIJIE_ASSIGN_OR_RETURN(count_, Count());
  }
  if (*count_ >= kMaxKeys) {
    return Error(StatusCode::kResourceExhausted, "TOO_LARGE", "there are 10,000 API keys already");
  }
  WriteBatch batch;
  batch.Put(key_store_keys::Key(created.api_key.key_id()), stored.SerializeAsString());
  const int count = *count_ + 1;
  count_.reset();  // a failed write may be there all the same
  DUIJIE_RETURN_IF_ERROR(store_.Write(batch));
  count_ = count;
  return OkStatus();
}

StatusOr<Principal> KeyRing::Resolve(std::string_view presented) const {
  const auto id = IdOf(presented);
  if (!id) return InvalidKey();
  auto stored = Read(store_, *id);
  if (stored.status().code() == StatusCode::kNotFound) return InvalidKey();
  if (!stored.ok()) return stored.status();
  if (!crypto::Equal(stored->presented_hash(), crypto::Hash(presented))) return InvalidKey();
  const v1::ApiKey& key = stored->api_key();
  if (!IsUsable(key, clock_.Now())) return InvalidKey();
  Principal principal;
  principal.set_key_id(key.key_id());
  principal.set_role(key.role());
  *principal.mutable_park_codes() = key.park_codes();
  principal.set_all_parks(key.all_parks());
  principal.set_enterprise(key.enterprise());
  return principal;
}

StatusOr<v1::ApiKey> KeyRing::Get(std::string_view key_id) const {
  DUIJIE_ASSIGN_OR_RETURN(auto stored, Read(store_, key_id));
  return stored.api_key();
}

StatusOr<KeyRing::Page> KeyRing::List(std::string_view after_id, int limit) const {
  const std::string prefix = key_store_keys::KeysPrefix();
  Page page;
  auto it = store_.Scan(prefix, PrefixEnd(prefix));
  if (!after_id.empty()) it->Seek(PrefixEnd(key_store_keys::Key(after_id)));
  for (; it->Valid(); it->Next()) {
    if (static_cast<int>(page.keys.size()) == limit) {
      page.more = true;
      break;
    }
    DUIJIE_ASSIGN_OR_RETURN(auto stored, Decode(it->value()));
    page.keys.push_back(stored.api_key());
  }
  DUIJIE_RETURN_IF_ERROR(it->status());
  return page;
}

StatusOr<v1::ApiKey> KeyRing::Revoke(std::string_view key_id) {
  std::lock_guard lock(write_mutex_);
  DUIJIE_ASSIGN_OR_RETURN(auto stored, Read(store_, key_id));
  if (stored.api_key().has_revoke_time()) return stored.api_key();
  *stored.mutable_api_key()->mutable_revoke_time() = TimestampOf(clock_.Now());
  WriteBatch batch;
  batch.Put(key_store_keys::Key(key_id), stored.SerializeAsString());
  DUIJIE_RETURN_IF_ERROR(store_.Write(batch));
  return stored.api_key();
}

StatusOr<bool> KeyRing::HasUsableAdmin() const {
  DUIJIE_ASSIGN_OR_RETURN(const Page page, List("", kMaxKeys));
  const UnixMicros now = clock_.Now();
  return std::any_of(page.keys.begin(), page.keys.end(), [&](const v1::ApiKey& key) {
    return key.role() == v1::ROLE_ADMIN && IsUsable(key, now);
  });
}

StatusOr<int> KeyRing::Count() const {
  const std::string prefix = key_store_keys::KeysPrefix();
  int count = 0;
  auto it = store_.Scan(prefix, PrefixEnd(prefix));
  for (; it->Valid(); it->Next()) ++count;
  DUIJIE_RETURN_IF_ERROR(it->status());
  return count;
}

}  // namespace duijie
