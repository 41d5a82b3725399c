// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/push_desk.h"

#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push {
namespace {

using testing::Admin;
using ::testing::ElementsAre;
using testing::IsOk;
using testing::kOtherPark;
using testing::kPark;
using testing::kUuid;
using testing::Owner;
using testing::Staff;
using testing::StatusIs;

class PushDeskTest : public testing::PushFixture {
 protected:
  PushDeskTest() {
    AddEnterprise("e1");
    AddEnterprise("e2", kOtherPark);
    AddNeed("n1", "e1");
    AddAchievement("a1");
    AddAchievement("a2");
    AddAchievement("a3");
  }

  StatusOr<v1::Push> Get(const rpc::CallContext& call, const std::string& name) {
    v1::GetPushRequest request;
    request.set_name(name);
    DUIJIE_ASSIGN_OR_RETURN(auto response, desk_->Get(call, request));
    return response.push();
  }
  std::vector<std::string> List(const rpc::CallContext& call, const v1::ListPushesRequest& request = {}) {
    std::vector<std::string> names;
    const v1::ListPushesResponse listed = desk_->List(call, request).value();
    for (const v1::Push& push : listed.pushes()) names.push_back(push.name());
    return names;
  }
};

TEST_F(PushDeskTest, OthersSeeNothingOfAPush) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  const auto absent = Get(Owner("enterprises/e2"), "pushes/absent");
  for (const rpc::CallContext& stranger : {Owner("enterprises/e2"), Staff(kOtherPark)}) {
    const auto hidden = Get(stranger, push.name());
    EXPECT_THAT(hidden, StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
    EXPECT_EQ(hidden.status().message(), absent.status().message());
    EXPECT_THAT(Step(stranger, push.name(), v1::PUSH_STATE_READ),
                StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
    EXPECT_THAT(List(stranger), ElementsAre());
    v1::ListPushesRequest of_need;
    of_need.set_need("needs/n1");
    EXPECT_THAT(List(stranger, of_need), ElementsAre());
    v1::ListPushesRequest of_enterprise;
    of_enterprise.set_enterprise("enterprises/e1");
    EXPECT_THAT(List(stranger, of_enterprise), ElementsAre());
    v1::GetPushPreferencesRequest preferences;
    preferences.set_name("pushPreferences/e1");
    EXPECT_THAT(settings_->GetPreferences(stranger, preferences),
                StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  }
  EXPECT_THAT(Get(Owner("enterprises/e1"), push.name()), IsOk());
  EXPECT_THAT(List(Staff(kPark)), ElementsAre(push.name()));
}

TEST_F(PushDeskTest, ListsNarrowByEveryFilterLatestFirst) {
  ASSERT_OK_AND_ASSIGN(const v1::Push first, Make(Admin(), Asked("e1", "a1", "n1")));
  clock_.Advance(std::chrono::seconds(1));
  ASSERT_OK_AND_ASSIGN(const v1::Push second, Make(Admin(), Asked("e1", "a2")));
  clock_.Advance(std::chrono::seconds(1));
  ASSERT_OK_AND_ASSIGN(const v1::Push third, Make(Admin(), Asked("e2", "a1")));
  ASSERT_THAT(Step(Admin(), second.name(), v1::PUSH_STATE_READ), IsOk());
  EXPECT_THAT(List(Admin()), ElementsAre(third.name(), second.name(), first.name()));
  v1::ListPushesRequest request;
  request.set_achievement("achievements/a1");
  EXPECT_THAT(List(Admin(), request), ElementsAre(third.name(), first.name()));
  request.set_enterprise("enterprises/e1");
  EXPECT_THAT(List(Admin(), request), ElementsAre(first.name()));
  request.Clear();
  request.set_state(v1::PUSH_STATE_READ);
  EXPECT_THAT(List(Admin(), request), ElementsAre(second.name()));
  request.Clear();
  request.set_need("needs/n1");
  EXPECT_THAT(List(Admin(), request), ElementsAre(first.name()));
  request.Clear();
  request.set_origin(v1::PUSH_ORIGIN_CAMPAIGN);
  EXPECT_THAT(List(Admin(), request), ElementsAre());
  request.Clear();
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const auto page, desk_->List(Admin(), request));
  EXPECT_EQ(page.pushes_size(), 2);
  request.set_page_token(page.next_page_token());
  EXPECT_THAT(List(Admin(), request), ElementsAre(first.name()));
}

TEST_F(PushDeskTest, TheInboxHoldsWhatWasDeliveredAndCountsTheUnread) {
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1", "n1")), IsOk());
  clock_.Advance(std::chrono::seconds(1));
  ASSERT_OK_AND_ASSIGN(const v1::Push second, Make(Admin(), Asked("e1", "a2")));
  Choose("e1", v1::PUSH_CADENCE_DAILY);
  ASSERT_OK_AND_ASSIGN(const v1::Push waiting, Make(Admin(), Asked("e1", "a3")));
  ASSERT_OK_AND_ASSIGN(auto inbox, desk_->ListInbox(Owner("enterprises/e1"), {}));
  EXPECT_EQ(inbox.unread_count(), 2);
  ASSERT_EQ(inbox.pushes_size(), 2);
  EXPECT_EQ(inbox.pushes(0).name(), second.name());
  EXPECT_THAT(Get(Owner("enterprises/e1"), waiting.name()),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  ASSERT_THAT(Step(Owner("enterprises/e1"), second.name(), v1::PUSH_STATE_READ), IsOk());
  v1::ListInboxRequest unread;
  unread.set_state(v1::PUSH_STATE_PUSHED);
  ASSERT_OK_AND_ASSIGN(inbox, desk_->ListInbox(Owner("enterprises/e1"), unread));
  EXPECT_EQ(inbox.unread_count(), 1);
  EXPECT_EQ(inbox.pushes_size(), 1);
  EXPECT_THAT(desk_->ListInbox(Staff(kPark), {}), StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  ASSERT_OK_AND_ASSIGN(inbox, desk_->ListInbox(Admin(), {}));
  EXPECT_EQ(inbox.pushes_size(), 0);
}

TEST_F(PushDeskTest, ADeclineNeedsReasonAndTextAndIsKept) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  const auto owner = Owner("enterprises/e1");
  ASSERT_THAT(Step(owner, push.name(), v1::PUSH_STATE_READ), IsOk());
  EXPECT_THAT(Step(owner, push.name(), v1::PUSH_STATE_DECLINED, v1::DECLINE_REASON_PRICE),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(Step(owner, push.name(), v1::PUSH_STATE_DECLINED, v1::DECLINE_REASON_UNSPECIFIED, "太贵"),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  ASSERT_OK_AND_ASSIGN(const v1::Push declined, Step(owner, push.name(), v1::PUSH_STATE_DECLINED,
                                                     v1::DECLINE_REASON_PRICE, "超出预算"));
  EXPECT_EQ(declined.decline_reason(), v1::DECLINE_REASON_PRICE);
  EXPECT_EQ(declined.history(2).text(), "超出预算");
  EXPECT_EQ(declined.history(2).actor_kind(), v1::JUDGE_KIND_ENTERPRISE);
  const auto again = Step(owner, push.name(), v1::PUSH_STATE_INTERESTED);
  EXPECT_THAT(again, StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_EQ(MetadataOf(again.status()).at("from"), "PUSH_STATE_DECLINED");
}

TEST_F(PushDeskTest, AnEnterpriseIsNotToldWhichKeyOfStaffPushed) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Staff(kPark), Asked("e1", "a1")));
  ASSERT_OK_AND_ASSIGN(const v1::Push shown, Get(Owner("enterprises/e1"), push.name()));
  EXPECT_EQ(shown.creator(), "");
  EXPECT_EQ(shown.history(0).actor(), "");
}

TEST_F(PushDeskTest, AnAchievementThatWasMadeConfidentialIsLeftOut) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1")));
  achievement_of("a1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_OK_AND_ASSIGN(const v1::Push shown, Get(Owner("enterprises/e1"), push.name()));
  EXPECT_TRUE(shown.achievement_hidden());
  EXPECT_EQ(shown.achievement_title(), "");
  EXPECT_TRUE(shown.reasons().achievement_sentences().empty());
}

TEST_F(PushDeskTest, ARepeatedStepGetsTheFirstAnswerAndAStaleOneIsRefused) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  v1::TransitionPushRequest request;
  request.set_name(push.name());
  request.set_to(v1::PUSH_STATE_READ);
  request.set_etag(push.etag());
  request.set_request_id(kUuid);
  const auto owner = Owner("enterprises/e1");
  ASSERT_OK_AND_ASSIGN(const auto first, desk_->Transition(owner, request));
  ASSERT_OK_AND_ASSIGN(const auto second, desk_->Transition(owner, request));
  EXPECT_EQ(second.push().etag(), first.push().etag());
  request.clear_request_id();
  EXPECT_THAT(desk_->Transition(owner, request), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
}

TEST_F(PushDeskTest, AnAnswerIsToldToMatchingAsItsJudgeUntilItArrives) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  const auto owner = Owner("enterprises/e1");
  ASSERT_THAT(Step(owner, push.name(), v1::PUSH_STATE_READ), IsOk());
  ASSERT_OK_AND_ASSIGN(size_t sent, outbox_->SendDue(10));
  EXPECT_EQ(sent, 0u);
  ASSERT_THAT(Step(owner, push.name(), v1::PUSH_STATE_DECLINED, v1::DECLINE_REASON_INDICATORS, "速度不够"),
              IsOk());
  judge_status_ = Error(StatusCode::kUnavailable, "STORE_BUSY", "not now");
  ASSERT_OK_AND_ASSIGN(sent, outbox_->SendDue(10));
  EXPECT_EQ(judged_.size(), 1u);
  ASSERT_OK_AND_ASSIGN(sent, outbox_->SendDue(10));
  EXPECT_EQ(judged_.size(), 1u) << "it waits before it tries again";
  judge_status_ = OkStatus();
  clock_.Advance(std::chrono::seconds(5));
  ASSERT_OK_AND_ASSIGN(sent, outbox_->SendDue(10));
  ASSERT_EQ(judged_.size(), 2u);
  EXPECT_EQ(judged_[0].request.request_id(), judged_[1].request.request_id());
  EXPECT_EQ(judged_[1].caller.key_id(), owner.principal().key_id());
  EXPECT_EQ(judged_[1].request.judgement().decision(), v1::JUDGEMENT_DECISION_DECLINED);
  EXPECT_EQ(judged_[1].request.judgement().decline_reason(), v1::DECLINE_REASON_INDICATORS);
  EXPECT_EQ(judged_[1].request.judgement().comment(), "速度不够");
  AdvanceDays(1);
  ASSERT_OK_AND_ASSIGN(sent, outbox_->SendDue(10));
  EXPECT_EQ(sent, 0u);
}

TEST_F(PushDeskTest, WhatMatchingRefusesForGoodIsDropped) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a1", "n1")));
  ASSERT_THAT(Step(Admin(), push.name(), v1::PUSH_STATE_READ), IsOk());
  ASSERT_THAT(Step(Admin(), push.name(), v1::PUSH_STATE_INTERESTED), IsOk());
  judge_status_ = NoSuchResource();
  ASSERT_OK_AND_ASSIGN(size_t sent, outbox_->SendDue(10));
  EXPECT_EQ(sent, 1u);
  AdvanceDays(1);
  ASSERT_OK_AND_ASSIGN(sent, outbox_->SendDue(10));
  EXPECT_EQ(sent, 0u);
  EXPECT_EQ(judged_.size(), 1u);
}

}  // namespace
}  // namespace duijie::push
