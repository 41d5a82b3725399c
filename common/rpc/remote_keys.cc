// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/rpc/remote_keys.h"

#include "common/auth/crypto.h"

namespace duijie::rpc {
namespace {

using internal::v1::KeyService;

constexpr auto kTimeout = std::chrono::seconds(5);

struct Remote {
  explicit Remote(App& owner) : app(owner), stub(owner, "admin"), cache(owner.clock()) {}

  StatusOr<Principal> Resolve(std::string_view presented) {
    const std::string hash = crypto::Hash(presented);
    if (auto known = cache.Find(hash)) return *known;
    internal::v1::ResolveKeyRequest request;
    request.set_presented(std::string(presented));
    DUIJIE_ASSIGN_OR_RETURN(auto response, Call(app, CallContext::ForSystem(kTimeout), stub.get(),
                                                &KeyService::Stub::ResolveKey, request, kTimeout));
    cache.Put(hash, response.principal());
    return response.principal();
  }

  Status Audit(const Principal& who, std::string_view method, std::string_view record,
               std::string_view outcome, std::string_view request_id) {
    internal::v1::AppendAuditRequest request;
    request.set_key_id(who.key_id());
    request.set_method(std::string(method));
    request.set_record(std::string(record));
    request.set_outcome(std::string(outcome));
    request.set_request_id(std::string(request_id));
    return Call(app, CallContext::ForSystem(kTimeout), stub.get(), &KeyService::Stub::AppendAudit, request,
                kTimeout)
        .status();
  }

  App& app;
  LazyStub<KeyService> stub;
  PrincipalCache cache;
};

// gRPC refuses requests with other strings in a proto3 field, and no key looks like that.
bool MayBeKey(std::string_view presented) {
  constexpr size_t kMaxPresentedBytes = 256;
  if (presented.size() > kMaxPresentedBytes) return false;
  for (const unsigned char c : presented) {
    if (c < 0x21 || c > 0x7E) return false;
  }
  return true;
}

}  // namespace

std::optional<Principal> PrincipalCache::Find(const std::string& hash) const {
  std::lock_guard lock(mutex_);
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end() || found->second->until <= clock_.Now()) return std::nullopt;
  return found->second->principal;
}

void PrincipalCache::Put(const std::string& hash, const Principal& principal) {
  std::lock_guard lock(mutex_);
  if (auto found = by_hash_.find(hash); found != by_hash_.end()) {
    entries_.erase(found->second);
    by_hash_.erase(found);
  }
  if (entries_.size() >= kMaxEntries) {
    by_hash_.erase(entries_.front().hash);
    entries_.pop_front();
  }
  entries_.push_back({hash, principal, clock_.Now() + kKeyCacheSeconds * kMicrosPerSecond});
  by_hash_[hash] = std::prev(entries_.end());
}

App::KeyHooks RemoteKeyHooks(App& app) {
  auto remote = std::make_shared<Remote>(app);
  App::KeyHooks hooks;
  hooks.resolve = [remote](std::string_view presented) -> StatusOr<Principal> {
    if (!MayBeKey(presented))
      return Error(StatusCode::kUnauthenticated, "INVALID_API_KEY", "no valid API key");
    return remote->Resolve(presented);
  };
  hooks.audit = [remote](const Principal& who, std::string_view method, std::string_view record,
                         std::string_view outcome, std::string_view request_id) {
    return remote->Audit(who, method, record, outcome, request_id);
  };
  return hooks;
}

}  // namespace duijie::rpc
