// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/delivery/pushes.h"

#include <atomic>
#include <thread>

#include "services/push/delivery/push_checks.h"
#include "tests/unit/services/push/delivery/push_fixture.h"

namespace duijie::push {
namespace {

using testing::Admin;
using testing::IsOk;
using testing::kOtherPark;
using testing::kPark;
using testing::kUuid;
using testing::Owner;
using testing::Staff;
using testing::StatusIs;

class PushesTest : public testing::PushFixture {
 protected:
  PushesTest() {
    AddEnterprise("e1");
    AddNeed("n1", "e1");
    AddAchievement("a1");
    AddAchievement("a2");
  }
};

TEST_F(PushesTest, APushKeepsItsReasonsRulesAndSnapshot) {
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Staff(kPark), Asked("e1", "a1", "n1")));
  EXPECT_EQ(push.state(), v1::PUSH_STATE_PUSHED);
  EXPECT_EQ(push.park_code(), kPark);
  EXPECT_EQ(push.origin(), v1::PUSH_ORIGIN_MANUAL);
  EXPECT_EQ(push.snapshot_revision(), 7);
  EXPECT_EQ(push.rules().pair_interval_days(), 180);
  EXPECT_EQ(push.rules().cap_pushes(), 5);
  EXPECT_EQ(push.cadence(), v1::PUSH_CADENCE_AT_ONCE);
  EXPECT_TRUE(push.has_deliver_time());
  EXPECT_EQ(push.history_size(), 1);
  EXPECT_EQ(push.creator(), "staff-sjz-gxq");
  EXPECT_EQ(push.need_title(), "断丝自动检测");
  EXPECT_EQ(Stored(push.name()).SerializeAsString(), push.SerializeAsString());
}

TEST_F(PushesTest, APushWithoutReasonsIsIncomplete) {
  v1::Push nothing_of_need = Asked("e1", "a1", "n1");
  nothing_of_need.mutable_reasons()->clear_need_fields();
  EXPECT_THAT(Make(Admin(), nothing_of_need), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  v1::Push nothing_of_achievement = Asked("e1", "a1", "n1");
  nothing_of_achievement.mutable_reasons()->clear_achievement_sentences();
  const auto refused = Make(Admin(), nothing_of_achievement);
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  ASSERT_EQ(ViolationsOf(refused.status()).size(), 1u);
  EXPECT_EQ(ViolationsOf(refused.status())[0].field, "reasons.achievement_sentences");
}

TEST_F(PushesTest, MissingReasonsAreToldBeforeThatThePairWasPushed) {
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1", "n1")), IsOk());
  v1::Push again = Asked("e1", "a1", "n1");
  again.mutable_reasons()->clear_need_fields();
  EXPECT_THAT(Make(Admin(), again), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
}

TEST_F(PushesTest, AReasonMustStandInTheRecord) {
  v1::Push invented = Asked("e1", "a1", "n1");
  invented.mutable_reasons()->mutable_achievement_sentences(0)->set_quote("检测速度不低于90米/分钟。");
  EXPECT_THAT(Make(Admin(), invented), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  v1::Push unset = Asked("e1", "a1", "n1");
  unset.mutable_reasons()->mutable_need_fields(0)->set_field("tried");
  EXPECT_THAT(Make(Admin(), unset), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  v1::Push hidden = Asked("e1", "a1", "n1");
  achievement_of("a1").set_owner_name("某大学");
  hidden.mutable_reasons()->mutable_achievement_sentences(0)->set_field("owner_name");
  hidden.mutable_reasons()->mutable_achievement_sentences(0)->set_quote("某大学");
  EXPECT_THAT(Make(Admin(), hidden), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
  v1::Push of_no_need = Asked("e1", "a1");
  *of_no_need.mutable_reasons()->add_need_fields() = Asked("e1", "a1", "n1").reasons().need_fields(0);
  EXPECT_THAT(Make(Admin(), of_no_need), StatusIs(StatusCode::kFailedPrecondition, "INCOMPLETE"));
}

TEST_F(PushesTest, BlanksInAQuoteDoNotMatter) {
  v1::Push push = Asked("e1", "a1", "n1");
  push.mutable_reasons()->mutable_achievement_sentences(0)->set_quote("用机器视觉 在线检测断丝。\n检测速度");
  EXPECT_THAT(Make(Admin(), push), IsOk());
}

TEST_F(PushesTest, AnEnterpriseThatOptedOutIsNeverPushed) {
  enterprise_of("e1").set_push_opt_out(true);
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1", "n1")),
              StatusIs(StatusCode::kFailedPrecondition, "NO_CONSENT"));
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1")), StatusIs(StatusCode::kFailedPrecondition, "NO_CONSENT"));
}

TEST_F(PushesTest, ANeedWithoutConsentIsPushedOnlyIfTheRulesWaiveIt) {
  need_of("n1").mutable_consents()->set_push(false);
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1", "n1")),
              StatusIs(StatusCode::kFailedPrecondition, "NO_CONSENT"));
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1")), IsOk()) << "a push without a need asks no need's consent";
  v1::PushRules rules = Rules();
  rules.set_need_consent_required(false);
  SetRules(rules);
  ASSERT_OK_AND_ASSIGN(const v1::Push push, Make(Admin(), Asked("e1", "a2", "n1")));
  EXPECT_FALSE(push.rules().need_consent_required());
}

TEST_F(PushesTest, ThePairIsFreeAgainExactlyAfterTheInterval) {
  ASSERT_OK_AND_ASSIGN(const v1::Push first, Make(Admin(), Asked("e1", "a1", "n1")));
  AdvanceDays(179);
  const auto refused = Make(Admin(), Asked("e1", "a1", "n1"));
  EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "ALREADY_PUSHED"));
  EXPECT_EQ(MetadataOf(refused.status()).at("push"), first.name());
  clock_.Advance(std::chrono::hours(24) - std::chrono::microseconds(1));
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1", "n1")),
              StatusIs(StatusCode::kFailedPrecondition, "ALREADY_PUSHED"));
  clock_.Advance(std::chrono::microseconds(1));
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1", "n1")), IsOk());
}

TEST_F(PushesTest, TheCapCountsTheWindowExactly) {
  for (int i = 0; i < 6; ++i) AddAchievement("c" + std::to_string(i));
  for (int i = 0; i < 5; ++i) ASSERT_THAT(Make(Admin(), Asked("e1", "c" + std::to_string(i))), IsOk());
  EXPECT_THAT(Make(Admin(), Asked("e1", "c5")), StatusIs(StatusCode::kResourceExhausted, "PUSH_LIMIT"));
  clock_.Advance(std::chrono::hours(24 * 30) - std::chrono::microseconds(1));
  EXPECT_THAT(Make(Admin(), Asked("e1", "c5")), StatusIs(StatusCode::kResourceExhausted, "PUSH_LIMIT"));
  clock_.Advance(std::chrono::microseconds(1));
  EXPECT_THAT(Make(Admin(), Asked("e1", "c5")), IsOk());
}

TEST_F(PushesTest, WhatIsNotPublishedIsNotPushed) {
  achievement_of("a1").set_state(v1::RECORD_STATE_WITHDRAWN);
  EXPECT_THAT(Make(Admin(), Asked("e1", "a1")), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  achievement_of("a2").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  EXPECT_THAT(Make(Admin(), Asked("e1", "a2")), StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  achievement_of("a2").set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
  need_of("n1").set_state(v1::RECORD_STATE_CLOSED);
  EXPECT_THAT(Make(Admin(), Asked("e1", "a2", "n1")),
              StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
}

TEST_F(PushesTest, OnlyStaffInScopePushes) {
  AddEnterprise("far", kOtherPark);
  EXPECT_THAT(Make(Staff(kPark), Asked("far", "a1")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(Make(Staff(kPark), Asked("absent", "a1")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(Make(Owner("enterprises/e1"), Asked("e1", "a1")),
              StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  AddEnterprise("e2");
  EXPECT_THAT(Make(Staff(kPark), Asked("e2", "a1", "n1")),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(PushesTest, ARepeatedRequestGetsTheFirstAnswer) {
  v1::CreatePushRequest request;
  *request.mutable_push() = Asked("e1", "a1", "n1");
  request.set_request_id(kUuid);
  ASSERT_OK_AND_ASSIGN(const auto first, desk_->Create(Admin(), request));
  ASSERT_OK_AND_ASSIGN(const auto second, desk_->Create(Admin(), request));
  EXPECT_EQ(second.push().name(), first.push().name());
}

TEST_F(PushesTest, PushesOfOneCallCountForEachOtherAndAreStoredWithTheCallersOwn) {
  const ResourceTable<v1::PushPreferences> own(store_->log(), "own");
  std::vector<NewPush> asked = {Asked("e1", "a1"), Asked("e1", "a1"), Asked("e1", "a2")};
  ASSERT_OK_AND_ASSIGN(
      const auto outcomes,
      pushes_->Create(Admin(), asked, {},
                      [&](const std::vector<PushOutcome>& decided) -> StatusOr<Pushes::Also> {
                        v1::PushPreferences record;
                        record.set_name("own/x");
                        record.set_enterprise(decided[0].push.name());
                        return Pushes::Also{{own.Create(record, store_->Now())}, {}};
                      }));
  ASSERT_EQ(outcomes.size(), 3u);
  EXPECT_THAT(outcomes[0].kept_back, IsOk());
  EXPECT_THAT(outcomes[1].kept_back, StatusIs(StatusCode::kFailedPrecondition, "ALREADY_PUSHED"));
  EXPECT_THAT(outcomes[2].kept_back, IsOk());
  ASSERT_OK_AND_ASSIGN(const v1::PushPreferences stored, own.Get("own/x"));
  EXPECT_EQ(stored.enterprise(), outcomes[0].push.name());
  EXPECT_EQ(stored.etag(), outcomes[2].push.etag()) << "all in one commit";
}

TEST_F(PushesTest, AFailingCompanionStoresNothing) {
  const auto failed =
      pushes_->Create(Admin(), {Asked("e1", "a1")}, {}, [](const auto&) -> StatusOr<Pushes::Also> {
        return Error(StatusCode::kFailedPrecondition, "WRONG_STATE", "no");
      });
  EXPECT_THAT(failed, StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  EXPECT_EQ(store_->log().CurrentRevision(), 0u);
}

TEST_F(PushesTest, APreviewTellsTheSameAndStoresNothing) {
  ASSERT_OK_AND_ASSIGN(const auto outcomes,
                       pushes_->Preview(Admin(), {Asked("e1", "a1"), Asked("e1", "a1")}));
  EXPECT_THAT(outcomes[0].kept_back, IsOk());
  EXPECT_EQ(outcomes[0].push.name(), "");
  EXPECT_THAT(outcomes[1].kept_back, StatusIs(StatusCode::kFailedPrecondition, "ALREADY_PUSHED"));
  EXPECT_EQ(store_->log().CurrentRevision(), 0u);
}

TEST_F(PushesTest, OfOffersTheFirstThatTheRulesLetThroughAreMadeAndOnlyTheyAreReasonedFor) {
  AddEnterprise("e2");
  AddNeed("n2", "e2");
  AddNeed("n3", "e1");
  ASSERT_THAT(Make(Admin(), Asked("e1", "a1", "n1")), IsOk());
  std::vector<NewPush> offers = {Asked("e1", "a1", "n1"), Asked("e1", "a2", "n1"), Asked("e2", "a1", "n2"),
                                 Asked("e1", "a1", "n3"), Asked("e2", "a2", "n2")};
  const v1::PushReasons good = offers[0].reasons();
  for (NewPush& offer : offers) offer.clear_reasons();
  std::vector<size_t> asked;
  const auto reasons = [&](size_t place, const CitedRecords& records) {
    EXPECT_EQ(records.need->name(), offers[place].need());
    asked.push_back(place);
    return place == 1 ? v1::PushReasons() : good;  // nothing can be cited for the second
  };
  ASSERT_OK_AND_ASSIGN(const auto outcomes, pushes_->CreateBest(Admin(), offers, {2, reasons}, nullptr));
  std::vector<std::string> kept_back;
  for (const PushOutcome& outcome : outcomes) kept_back.push_back(ReasonOf(outcome.kept_back));
  EXPECT_EQ(kept_back, (std::vector<std::string>{"ALREADY_PUSHED", "INCOMPLETE", "", ""}));
  EXPECT_EQ(asked, (std::vector<size_t>{1, 2, 3}));
  EXPECT_EQ(Stored(outcomes[3].push.name()).need(), "needs/n3");
}

TEST_F(PushesTest, ManyAtOnceBreakNoRule) {
  constexpr int kThreads = 8, kAchievements = 12;
  for (int i = 0; i < kAchievements; ++i) AddAchievement("c" + std::to_string(i));
  std::atomic<int> made{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kAchievements; ++i) {
        const std::string id = "c" + std::to_string((i + t) % kAchievements);
        if (Make(Admin(), Asked("e1", id)).ok()) ++made;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 5);
}

}  // namespace
}  // namespace duijie::push
