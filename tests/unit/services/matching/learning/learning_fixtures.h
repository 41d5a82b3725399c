// SPDX-License-Identifier: GPL-3.0-or-later
// Parts that several tests of learning share: records in memory and callers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/rpc/call_context.h"
#include "duijie/v1/judgement.pb.h"
#include "services/matching/learning/pair_views.h"

namespace duijie::matching::testing {

// The catalog as ReadRecords answers it.
class MemoryCatalog {
 public:
  v1::Need& AddNeed(const std::string& id, const std::string& enterprise = "",
                    v1::ConfidentialityTier tier = v1::CONFIDENTIALITY_TIER_PUBLIC) {
    v1::Need& need = *records_["needs/" + id].mutable_need();
    need.set_name("needs/" + id);
    need.set_state(v1::RECORD_STATE_PUBLISHED);
    need.set_tier(tier);
    need.set_enterprise(enterprise);
    return need;
  }
  v1::Achievement& AddAchievement(const std::string& id,
                                  v1::ConfidentialityTier tier = v1::CONFIDENTIALITY_TIER_PUBLIC) {
    v1::Achievement& achievement = *records_["achievements/" + id].mutable_achievement();
    achievement.set_name("achievements/" + id);
    achievement.set_state(v1::RECORD_STATE_PUBLISHED);
    achievement.set_tier(tier);
    return achievement;
  }
  void Delete(const std::string& name) { records_.erase(name); }

  PairViews::ReadRecords Reader() {
    return [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request)
               -> StatusOr<internal::v1::ReadRecordsResponse> {
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) {
        ++reads;
        const auto found = records_.find(name);
        *response.add_records() = found == records_.end() ? internal::v1::Record() : found->second;
      }
      return response;
    };
  }

  int reads = 0;  // records

 private:
  std::map<std::string, internal::v1::Record> records_;
};

inline rpc::CallContext CallAs(v1::Role role, const std::string& key_id, const std::string& enterprise = "",
                               const std::vector<std::string>& parks = {}) {
  Principal principal;
  principal.set_role(role);
  principal.set_key_id(key_id);
  principal.set_enterprise(enterprise);
  for (const std::string& park : parks) principal.add_park_codes(park);
  return {principal, "request", std::chrono::system_clock::time_point::max(), nullptr};
}
inline rpc::CallContext AsAdmin() { return CallAs(v1::ROLE_ADMIN, "key-admin"); }
inline rpc::CallContext AsEnterprise(const std::string& id) {
  return CallAs(v1::ROLE_ENTERPRISE, "key-" + id, "enterprises/" + id);
}

inline v1::Judgement Grade(const std::string& need, const std::string& achievement, v1::MatchLevel level) {
  v1::Judgement judgement;
  judgement.set_need("needs/" + need);
  judgement.set_achievement("achievements/" + achievement);
  judgement.set_level(level);
  return judgement;
}

inline v1::Judgement Decide(const std::string& need, const std::string& achievement,
                            v1::DeclineReason declined_for = v1::DECLINE_REASON_UNSPECIFIED) {
  v1::Judgement judgement = Grade(need, achievement, v1::MATCH_LEVEL_UNSPECIFIED);
  const bool declined = declined_for != v1::DECLINE_REASON_UNSPECIFIED;
  judgement.set_decision(declined ? v1::JUDGEMENT_DECISION_DECLINED : v1::JUDGEMENT_DECISION_ACCEPTED);
  judgement.set_decline_reason(declined_for);
  return judgement;
}

}  // namespace duijie::matching::testing
