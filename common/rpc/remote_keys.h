// SPDX-License-Identifier: GPL-3.0-or-later
// Authentication and audit in a process without the admin role: asks the peer that runs it, and remembers who
// presented a key for at most kKeyCacheSeconds, so that a revocation takes effect within that time. Only what
// was valid is remembered, by the hash of the key. Thread-safe.
#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "common/rpc/app.h"
#include "duijie/internal/v1/key_service.grpc.pb.h"

namespace duijie::rpc {

// A bounded map of principals by key hash, each for a short time; the oldest goes first. Thread-safe.
class PrincipalCache {
 public:
  static constexpr int64_t kKeyCacheSeconds = 2;
  static constexpr size_t kMaxEntries = 10'000;

  explicit PrincipalCache(const Clock& clock) : clock_(clock) {}
  std::optional<Principal> Find(const std::string& hash) const;
  void Put(const std::string& hash, const Principal& principal);

 private:
  struct Entry {
    std::string hash;
    Principal principal;
    UnixMicros until;
  };

  const Clock& clock_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // oldest first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_hash_;
};

// The hooks themselves; `app` must outlive them.
App::KeyHooks RemoteKeyHooks(App& app);

}  // namespace duijie::rpc
