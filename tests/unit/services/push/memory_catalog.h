// SPDX-License-Identifier: GPL-3.0-or-later
// Achievements in memory behind the peers of the push role: etags, masks and request ids as the catalog has
// them, and faults on demand. Not thread-safe.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "common/auth/visibility.h"
#include "common/resources/record_access.h"
#include "common/resources/role_store.h"
#include "common/storage/memory_store.h"
#include "services/push/achievements/achievement_updates.h"
#include "services/push/peers.h"
#include "tests/support/status_matchers.h"

namespace duijie::push::testing {

inline rpc::CallContext CallOf(const std::string& key_id, v1::Role role = v1::ROLE_STAFF,
                               bool all_parks = true) {
  Principal principal;
  principal.set_key_id(key_id);
  principal.set_role(role);
  principal.set_all_parks(all_parks);
  if (!all_parks) principal.add_park_codes("sjz-gxq");
  return {principal, "test", std::chrono::system_clock::now() + std::chrono::minutes(1), nullptr};
}

class MemoryCatalog {
 public:
  // What happens to the next updates.
  enum class Fault { kNone, kUnreachable, kSilentAfterDoing, kRefuses };

  MemoryCatalog() {
    peers.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request)
        -> StatusOr<internal::v1::ReadRecordsResponse> {
      ++reads;
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) {
        auto* record = response.add_records();
        if (records_.contains(name)) *record->mutable_achievement() = records_.at(name);
      }
      return response;
    };
    peers.update_achievement = [this](const rpc::CallContext& call,
                                      const v1::UpdateAchievementRequest& request) {
      return Update(call, request);
    };
  }
  MemoryCatalog(const MemoryCatalog&) = delete;
  MemoryCatalog& operator=(const MemoryCatalog&) = delete;

  static v1::Achievement Sample(const std::string& id) {
    v1::Achievement a;
    a.set_name("achievements/" + id);
    a.set_title("橡胶支座耐久性提升技术");
    a.set_summary("一种高阻尼橡胶配方。");
    a.set_problem_solved("老化。");
    a.set_owner_name("河北工业大学（天津）");
    a.add_keywords("橡胶");
    a.set_state(v1::RECORD_STATE_PUBLISHED);
    a.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
    return a;
  }

  // Stores a new version.
  void Put(v1::Achievement achievement) {
    achievement.set_etag(std::to_string(++revision_));
    records_[achievement.name()] = std::move(achievement);
  }
  void Remove(const std::string& name) { records_.erase(name); }
  const v1::Achievement& At(const std::string& name) const { return records_.at(name); }
  // As a day later.
  void ForgetRequests() { answered_.clear(); }

  Peers peers;
  Fault fault = Fault::kNone;
  int updates = 0;  // carried out
  int reads = 0;

 private:
  StatusOr<v1::UpdateAchievementResponse> Update(const rpc::CallContext& call,
                                                 const v1::UpdateAchievementRequest& request) {
    if (fault == Fault::kUnreachable) {
      return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "the catalog is away");
    }
    v1::UpdateAchievementResponse response;
    if (answered_.contains(request.request_id())) {
      *response.mutable_achievement() = answered_.at(request.request_id());
      return response;
    }
    if (fault == Fault::kRefuses) {
      return Error(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION",
                   "a closed record cannot be changed");
    }
    const std::string& name = request.achievement().name();
    if (!records_.contains(name)) return NoSuchResource();
    v1::Achievement stored = records_.at(name);
    if (!MayEdit(call.principal(), AccessOf(stored))) {
      return Error(StatusCode::kPermissionDenied, "FORBIDDEN", "no");
    }
    if (request.achievement().etag() != stored.etag()) return StaleEtag();
    CopyFields({request.update_mask().paths().begin(), request.update_mask().paths().end()},
               request.achievement(), &stored);
    Put(stored);
    ++updates;
    answered_[request.request_id()] = records_.at(name);
    if (fault == Fault::kSilentAfterDoing) {
      return Error(StatusCode::kDeadlineExceeded, "CALLER_GONE", "no answer");
    }
    *response.mutable_achievement() = records_.at(name);
    return response;
  }

  std::map<std::string, v1::Achievement> records_;
  std::map<std::string, v1::Achievement> answered_;  // by request id
  int64_t revision_ = 0;
};

inline std::unique_ptr<RoleStore> NewStore(const Clock& clock) {
  return RoleStore::Over(NewMemoryStore(), clock, std::string(32, 'k'), std::make_unique<CountingIdMaker>())
      .value();
}

}  // namespace duijie::push::testing
