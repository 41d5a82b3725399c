// SPDX-License-Identifier: GPL-3.0-or-later
// The fixture of visits with an enterprise that has a past: certificates, a need, pushes, a visit.
#pragma once

#include "services/mining/profile/enterprise_profiles.h"
#include "services/mining/profile/key_selections.h"
#include "services/mining/profile/latent_needs.h"
#include "tests/unit/services/mining/visits/visit_fixtures.h"

namespace duijie::testing {

inline constexpr char kOwn[] = "enterprises/e101";

class ProfileFixture : public VisitFixture {
 protected:
  ProfileFixture() : profiles_(context_), selections_(context_, dir_.File("")) {
    context_.list_pushes = [this](const rpc::CallContext&, const v1::ListPushesRequest& request) {
      v1::ListPushesResponse response;
      for (const v1::Push& push : pushes_) {
        const bool wanted =
            (request.enterprise().empty() || push.enterprise() == request.enterprise()) &&
            (request.state() == v1::PUSH_STATE_UNSPECIFIED || push.state() == request.state());
        if (wanted) *response.add_pushes() = push;
      }
      return StatusOr<v1::ListPushesResponse>(response);
    };
    Put(Own());
    Put(TestExpert(1));
    Put(TestExpert(2));
  }

  static v1::Enterprise Own() {
    v1::Enterprise own = TestEnterprise(1);
    own.set_title("衡水<b>橡胶</b>厂");
    own.add_products("桥梁支座");
    own.set_scale("中型");
    return own;
  }

  void AddNeed(const std::string& id, const std::string& enterprise, const std::string& title,
               v1::ConfidentialityTier tier, const std::string& park = "hs-gxq",
               v1::RecordState state = v1::RECORD_STATE_PUBLISHED) {
    v1::Need need;
    need.set_name("needs/" + id);
    need.set_title(title);
    need.set_enterprise(enterprise);
    need.set_enterprise_name("某某公司");
    need.set_park_code(park);
    need.add_industry_codes("C2919");
    need.set_tier(tier);
    need.set_state(state);
    *need.mutable_create_time() = TimestampOf(clock_.Now() - kMicrosPerDay);
    Put(need);
  }

  // A push to an enterprise that went through these states, one now.
  v1::Push& AddPush(const std::string& id, const std::string& enterprise,
                    const std::vector<v1::PushState>& states) {
    v1::Push& push = pushes_.emplace_back();
    push.set_name("pushes/" + id);
    push.set_enterprise(enterprise);
    push.set_park_code("hs-gxq");
    push.set_achievement("achievements/" + id);
    push.set_achievement_title("支座抗老化配方");
    *push.mutable_create_time() = TimestampOf(clock_.Now());
    for (const v1::PushState state : states) AddPushStep(&push, state);
    return push;
  }
  void AddPushStep(v1::Push* push, v1::PushState state) {
    v1::PushStep& step = *push->add_history();
    step.set_to(state);
    *step.mutable_time() = TimestampOf(clock_.Now());
    push->set_state(state);
  }

  std::vector<v1::Push> pushes_;
  mining::EnterpriseProfiles profiles_;
  mining::KeySelections selections_;
};

}  // namespace duijie::testing
