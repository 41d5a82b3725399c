// SPDX-License-Identifier: GPL-3.0-or-later
// The API keys of an installation, over a KvStore.
//
// A key is "djk_<id>_<secret>": id = "k" and 15 hex digits, secret = 43 base64url characters of 256 random
// bits. The store holds its BLAKE2b-256 hash. A fast hash is right here: a slow one (argon2) protects secrets
// that people choose and that can be guessed; nobody guesses 256 random bits, and each call verifies its key.
// Thread-safe.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/auth/principal.h"
#include "common/base/clock.h"
#include "common/status/status.h"
#include "common/storage/kv_store.h"
#include "duijie/v1/admin_service.pb.h"

namespace duijie {

class KeyRing {
 public:
  static constexpr int kMaxKeys = 10'000;
  static constexpr size_t kMaxTitleBytes = 300;
  static constexpr int kMaxParks = 20;
  static constexpr int64_t kDefaultLifeDays = 365;
  static constexpr int64_t kMaxLifeDays = 3660;

  struct Created {
    v1::ApiKey api_key;
    std::string presented;  // the whole key; nowhere else afterwards
  };
  struct Page {
    std::vector<v1::ApiKey> keys;  // in order of id
    bool more = false;
  };

  // Store and clock must outlive the ring.
  KeyRing(KvStore& store, const Clock& clock) : store_(store), clock_(clock) {}

  // Validates and stores a new key; output fields of `wanted` are ignored. INVALID_ARGUMENT with field
  // violations under "api_key."; RESOURCE_EXHAUSTED TOO_LARGE beyond kMaxKeys.
  StatusOr<Created> Create(const v1::ApiKey& wanted);

  // The same in two steps, for callers that must put the secret somewhere before the key starts to work.
  StatusOr<Created> Prepare(const v1::ApiKey& wanted) const;
  Status Store(const Created& created);

  // Who presents this key. UNAUTHENTICATED INVALID_API_KEY, without telling why, if it is not valid now.
  StatusOr<Principal> Resolve(std::string_view presented) const;

  // NOT_FOUND RECORD_NOT_FOUND.
  StatusOr<v1::ApiKey> Get(std::string_view key_id) const;
  // At most `limit` keys with an id greater than `after_id`.
  StatusOr<Page> List(std::string_view after_id, int limit) const;
  // Idempotent: a second call keeps the first revoke_time.
  StatusOr<v1::ApiKey> Revoke(std::string_view key_id);

  // Whether a key of an administrator works now.
  StatusOr<bool> HasUsableAdmin() const;

 private:
  StatusOr<int> Count() const;

  KvStore& store_;
  const Clock& clock_;
  std::mutex write_mutex_;    // makes read-then-write of one key, and counting, atomic
  std::optional<int> count_;  // of all keys, once counted; protected by write_mutex_
};

}  // namespace duijie
