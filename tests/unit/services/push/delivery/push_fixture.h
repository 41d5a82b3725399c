// SPDX-License-Identifier: GPL-3.0-or-later
// A small catalog in memory and the parts of delivery above it, with a clock that the test moves.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/storage/memory_store.h"
#include "services/push/delivery/judgement_outbox.h"
#include "services/push/delivery/push_delivery.h"
#include "services/push/delivery/push_desk.h"
#include "services/push/delivery/push_events.h"
#include "services/push/delivery/push_rules.h"
#include "services/push/delivery/push_settings.h"
#include "tests/support/status_matchers.h"

namespace duijie::push::testing {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;

// Monday, 2026-11-02 08:00 in China.
inline constexpr UnixMicros kMondayMorning = 1'793'577'600'000'000;
inline constexpr char kUuid[] = "123e4567-e89b-12d3-a456-426614174000";
inline constexpr char kPark[] = "sjz-gxq";
inline constexpr char kOtherPark[] = "hs-gxq";

inline rpc::CallContext CallOf(Principal principal) {
  return {std::move(principal), "test", std::chrono::system_clock::now() + std::chrono::minutes(1), nullptr};
}

inline rpc::CallContext Admin() { return CallOf(SystemPrincipal()); }

inline rpc::CallContext Staff(const std::string& park) {
  Principal principal;
  principal.set_key_id("staff-" + park);
  principal.set_role(v1::ROLE_STAFF);
  principal.add_park_codes(park);
  return CallOf(principal);
}

inline rpc::CallContext Owner(const std::string& enterprise) {
  Principal principal;
  principal.set_key_id("key-of-" + enterprise);
  principal.set_role(v1::ROLE_ENTERPRISE);
  principal.set_enterprise(enterprise);
  return CallOf(principal);
}

class PushFixture : public ::testing::Test {
 protected:
  PushFixture() : clock_(kMondayMorning) {
    peers_.read_records = [this](const rpc::CallContext&, const internal::v1::ReadRecordsRequest& request)
        -> StatusOr<internal::v1::ReadRecordsResponse> {
      const std::lock_guard<std::mutex> lock(catalog_mutex_);
      internal::v1::ReadRecordsResponse response;
      for (const std::string& name : request.names()) {
        const auto found = catalog_.find(name);
        *response.add_records() = found == catalog_.end() ? internal::v1::Record() : found->second;
      }
      response.set_revision(7);
      return response;
    };
    peers_.create_judgement =
        [this](const rpc::CallContext& call,
               const v1::CreateJudgementRequest& request) -> StatusOr<v1::CreateJudgementResponse> {
      judged_.push_back({call.principal(), request});
      if (!judge_status_.ok()) return judge_status_;
      return v1::CreateJudgementResponse();
    };
    store_ =
        RoleStore::Over(NewMemoryStore(), clock_, std::string(32, 'k'), std::make_unique<CountingIdMaker>())
            .value();
    pushes_ = std::make_unique<Pushes>(*store_, peers_);
    desk_ = std::make_unique<PushDesk>(*store_, peers_, *pushes_);
    settings_ = std::make_unique<PushSettingsBook>(*store_, peers_);
    events_ = std::make_unique<PushEvents>(*store_, *pushes_);
    delivery_ = std::make_unique<PushDelivery>(*store_, peers_, *pushes_);
    outbox_ = std::make_unique<JudgementOutbox>(*store_, peers_);
  }

  v1::Enterprise& AddEnterprise(const std::string& id, const std::string& park = kPark) {
    v1::Enterprise& enterprise = *catalog_["enterprises/" + id].mutable_enterprise();
    enterprise.set_name("enterprises/" + id);
    enterprise.set_title("企业" + id);
    enterprise.add_products("丝网");
    enterprise.set_park_code(park);
    enterprise.set_state(v1::RECORD_STATE_PUBLISHED);
    enterprise.set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
    return enterprise;
  }
  v1::Need& AddNeed(const std::string& id, const std::string& enterprise) {
    v1::Need& need = *catalog_["needs/" + id].mutable_need();
    need.set_name("needs/" + id);
    need.set_title("断丝自动检测");
    need.set_description("丝网断丝靠人工目检，漏检率高。");
    need.set_enterprise("enterprises/" + enterprise);
    need.set_park_code(enterprise_of(enterprise).park_code());
    need.mutable_consents()->set_push(true);
    need.set_state(v1::RECORD_STATE_PUBLISHED);
    return need;
  }
  v1::Achievement& AddAchievement(const std::string& id) {
    v1::Achievement& achievement = *catalog_["achievements/" + id].mutable_achievement();
    achievement.set_name("achievements/" + id);
    achievement.set_title("金属网在线检测装备");
    achievement.set_summary("用机器视觉在线检测断丝。检测速度不低于30米/分钟。");
    achievement.set_state(v1::RECORD_STATE_PUBLISHED);
    return achievement;
  }
  v1::Enterprise& enterprise_of(const std::string& id) {
    return *catalog_.at("enterprises/" + id).mutable_enterprise();
  }
  v1::Need& need_of(const std::string& id) { return *catalog_.at("needs/" + id).mutable_need(); }
  v1::Achievement& achievement_of(const std::string& id) {
    return *catalog_.at("achievements/" + id).mutable_achievement();
  }

  // A push with good reasons; `need` may be "".
  static v1::Push Asked(const std::string& enterprise, const std::string& achievement,
                        const std::string& need = "") {
    v1::Push push;
    push.set_enterprise("enterprises/" + enterprise);
    push.set_achievement("achievements/" + achievement);
    push.set_origin(v1::PUSH_ORIGIN_MANUAL);
    push.set_score(0.5);
    if (need.empty()) {
      v1::PushCitation& cited = *push.mutable_reasons()->add_enterprise_fields();
      cited.set_field("products");
      cited.set_quote("丝网");
    } else {
      push.set_need("needs/" + need);
      v1::PushCitation& cited = *push.mutable_reasons()->add_need_fields();
      cited.set_field("description");
      cited.set_quote("漏检率高");
    }
    v1::PushCitation& sentence = *push.mutable_reasons()->add_achievement_sentences();
    sentence.set_field("summary");
    sentence.set_quote("用机器视觉在线检测断丝。");
    return push;
  }

  // Creates one push as `call`; the stored push or what kept it back.
  StatusOr<v1::Push> Make(const rpc::CallContext& call, const v1::Push& push) {
    v1::CreatePushRequest request;
    *request.mutable_push() = push;
    DUIJIE_ASSIGN_OR_RETURN(auto response, desk_->Create(call, request));
    return response.push();
  }
  StatusOr<v1::Push> Step(const rpc::CallContext& call, const std::string& name, v1::PushState to,
                          v1::DeclineReason reason = v1::DECLINE_REASON_UNSPECIFIED,
                          const std::string& text = "") {
    v1::TransitionPushRequest request;
    request.set_name(name);
    request.set_to(to);
    request.set_decline_reason(reason);
    request.set_text(text);
    DUIJIE_ASSIGN_OR_RETURN(auto response, desk_->Transition(call, request));
    return response.push();
  }
  v1::Push Stored(const std::string& name) const { return pushes_->table().Get(name).value(); }

  v1::PushRules Rules() const { return settings_->GetSettings().value().settings().rules(); }
  void SetRules(const v1::PushRules& rules) {
    v1::UpdatePushSettingsRequest request;
    *request.mutable_settings()->mutable_rules() = rules;
    ASSERT_THAT(settings_->UpdateSettings(Admin(), request), IsOk());
  }
  void Choose(const std::string& enterprise, v1::PushCadence cadence) {
    v1::UpdatePushPreferencesRequest request;
    request.mutable_preferences()->set_name("pushPreferences/" + enterprise);
    request.mutable_preferences()->set_cadence(cadence);
    ASSERT_THAT(settings_->UpdatePreferences(Owner("enterprises/" + enterprise), request), IsOk());
  }
  void AdvanceDays(int days) { clock_.Advance(std::chrono::hours(24 * days)); }

  struct Judged {
    Principal caller;
    v1::CreateJudgementRequest request;
  };

  FakeClock clock_;
  std::mutex catalog_mutex_;
  std::map<std::string, internal::v1::Record> catalog_;
  std::vector<Judged> judged_;
  Status judge_status_;
  Peers peers_;
  std::unique_ptr<RoleStore> store_;
  std::unique_ptr<Pushes> pushes_;
  std::unique_ptr<PushDesk> desk_;
  std::unique_ptr<PushSettingsBook> settings_;
  std::unique_ptr<PushEvents> events_;
  std::unique_ptr<PushDelivery> delivery_;
  std::unique_ptr<JudgementOutbox> outbox_;
};

}  // namespace duijie::push::testing
