// SPDX-License-Identifier: GPL-3.0-or-later
// A catalog in memory that answers the calls of mining::Peers by the letter of their protos, as far as the
// intake and the clinic use them; and a role above it. Not thread-safe.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/resources/record_access.h"
#include "common/storage/memory_store.h"
#include "common/text/default_paths.h"
#include "common/text/shared_analyzer.h"
#include "services/mining/mining_role.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"

namespace duijie::mining::testing {

// The shipped dictionaries of the build, loaded once.
inline std::shared_ptr<const Analyzer> TestAnalyzer() {
  static const auto analyzer = *SharedAnalyzer(duijie::testing::BuiltFile("share/duijie/text"));
  return analyzer;
}

inline Principal StaffOf(const std::vector<std::string>& parks) {
  Principal staff;
  staff.set_key_id("staff-1");
  staff.set_role(v1::ROLE_STAFF);
  for (const std::string& park : parks) staff.add_park_codes(park);
  return staff;
}

inline Principal Admin() {
  Principal admin = SystemPrincipal();
  admin.set_key_id("admin-1");
  return admin;
}

class MemoryCatalog {
 public:
  std::map<std::string, v1::Need> needs;
  std::map<std::string, v1::Enterprise> enterprises;
  std::map<std::string, v1::Achievement> achievements;
  int matches = 0;                  // calls of match_need
  std::string fail_transitions_to;  // state name that the next transitions fail for

  v1::Need& AddNeed(const std::string& id, const std::string& title, const std::string& enterprise,
                    v1::RecordState state) {
    v1::Need& need = needs["needs/" + id];
    need.set_name("needs/" + id);
    need.set_title(title);
    need.set_description(title);
    need.set_enterprise(enterprise);
    need.set_park_code("hs-gxq");
    need.set_state(state);
    need.set_type(v1::NEED_TYPE_TECHNICAL_PROBLEM);
    return need;
  }

  Peers MakePeers() {
    Peers peers;
    peers.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request)
        -> StatusOr<internal::v1::ReadRecordsResponse> {
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) *response.add_records() = RecordOf(name);
      return response;
    };
    peers.scan_records =
        [this](const rpc::CallContext&,
               const internal::v1::ScanRecordsRequest&) -> StatusOr<internal::v1::ScanRecordsResponse> {
      internal::v1::ScanRecordsResponse response;
      for (const auto& [name, need] : needs) *response.add_records()->mutable_need() = need;
      response.set_done(true);
      return response;
    };
    peers.create_need = [this](const rpc::CallContext&, const v1::CreateNeedRequest& request) {
      return Create(request);
    };
    peers.update_need = [this](const rpc::CallContext&, const v1::UpdateNeedRequest& request) {
      return Update(request);
    };
    peers.transition_need = [this](const rpc::CallContext&, const v1::TransitionNeedRequest& request) {
      return Transition(request);
    };
    peers.search = [this](const rpc::CallContext&, const v1::SearchRequest&) -> StatusOr<v1::SearchResponse> {
      v1::SearchResponse response;
      for (const auto& [name, need] : needs) response.add_hits()->set_name(name);
      return response;
    };
    peers.match_need = [this](const rpc::CallContext&, const v1::MatchNeedRequest& request) {
      return Match(request);
    };
    return peers;
  }

 private:
  internal::v1::Record RecordOf(const std::string& name) const {
    internal::v1::Record record;
    if (needs.contains(name)) *record.mutable_need() = needs.at(name);
    if (enterprises.contains(name)) *record.mutable_enterprise() = enterprises.at(name);
    if (achievements.contains(name)) *record.mutable_achievement() = achievements.at(name);
    return record;
  }

  StatusOr<v1::CreateNeedResponse> Create(const v1::CreateNeedRequest& request) {
    const std::string name = "needs/" + request.need_id();
    if (needs.contains(name))
      return Error(StatusCode::kAlreadyExists, "RECORD_EXISTS", "there is such a need");
    v1::Need need = request.need();
    need.set_name(name);
    need.set_state(v1::RECORD_STATE_DRAFT);
    needs[name] = need;
    v1::CreateNeedResponse response;
    *response.mutable_need() = need;
    return response;
  }

  StatusOr<v1::UpdateNeedResponse> Update(const v1::UpdateNeedRequest& request) {
    v1::Need& need = needs.at(request.need().name());
    for (const std::string& path : request.update_mask().paths()) {
      if (path == "provenances") CheckSources(request.need());
      const auto* const field = v1::Need::descriptor()->FindFieldByName(path);
      v1::Need one;
      const auto* const reflection = need.GetReflection();
      reflection->ClearField(&need, field);
      one = request.need();
      std::vector<const google::protobuf::FieldDescriptor*> set;
      reflection->ListFields(one, &set);
      for (const auto* other : set) {
        if (other != field) reflection->ClearField(&one, other);
      }
      need.MergeFrom(one);
    }
    v1::UpdateNeedResponse response;
    *response.mutable_need() = need;
    return response;
  }

  // A source belongs to one need at a time.
  void CheckSources(const v1::Need& changed) const {
    for (const auto& [name, need] : needs) {
      if (name == changed.name()) continue;
      for (const v1::Provenance& a : need.provenances()) {
        for (const v1::Provenance& b : changed.provenances()) {
          EXPECT_FALSE(a.source_library() == b.source_library() && a.external_id() == b.external_id())
              << name << " has this source still";
        }
      }
    }
  }

  StatusOr<v1::TransitionNeedResponse> Transition(const v1::TransitionNeedRequest& request) {
    if (v1::RecordState_Name(request.to()) == fail_transitions_to) {
      return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "no catalog now");
    }
    v1::Need& need = needs.at(request.name());
    if (request.to() == v1::RECORD_STATE_SUBMITTED && need.type() == v1::NEED_TYPE_UNSPECIFIED) {
      return InvalidField("need.type", "REQUIRED", "必填");
    }
    v1::StateChange* const change = need.add_state_changes();
    change->set_from(need.state());
    change->set_to(request.to());
    change->set_reason(request.reason());
    need.set_state(request.to());
    v1::TransitionNeedResponse response;
    *response.mutable_need() = need;
    return response;
  }

  // One point for each keyword of the need that the achievement's title holds, one for each target that it
  // meets, one for the maturity asked for; ties by name.
  StatusOr<v1::MatchNeedResponse> Match(const v1::MatchNeedRequest& request) {
    ++matches;
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [name, achievement] : achievements) {
      double score = 0;
      for (const std::string& keyword : request.need().keywords()) {
        score += achievement.title().find(keyword) != std::string::npos ? 1 : 0;
      }
      for (const v1::Indicator& target : request.need().targets()) {
        for (const v1::Indicator& stated : achievement.indicators()) {
          score += target.name() == stated.name() && stated.value() >= target.value() ? 1 : 0;
        }
      }
      const int level = request.need().min_maturity_level();
      score += level > 0 && achievement.maturity_level() >= level ? 0.5 : 0;
      order.emplace_back(-score, name);
    }
    std::sort(order.begin(), order.end());
    v1::MatchNeedResponse response;
    response.set_model_version("test-1");
    for (const auto& [score, name] : order) {
      if (response.results_size() == request.parameters().top_k()) break;
      v1::MatchResult* const result = response.add_results();
      result->set_achievement(name);
      result->set_achievement_title(achievements.at(name).title());
      result->set_rank(response.results_size());
      result->set_score(-score);
    }
    return response;
  }
};

// The role over `catalog`, which must outlive it.
inline std::shared_ptr<MiningRole> RoleOver(MemoryCatalog& catalog, const Clock& clock) {
  auto role = std::make_shared<MiningRole>();
  role->store =
      *RoleStore::Over(NewMemoryStore(), clock, std::string(32, 'k'), std::make_unique<CountingIdMaker>());
  role->peers = catalog.MakePeers();
  return role;
}

inline rpc::CallContext CallOf(Principal principal) {
  return {std::move(principal), "test", std::chrono::system_clock::now() + std::chrono::minutes(5), nullptr};
}

}  // namespace duijie::mining::testing
