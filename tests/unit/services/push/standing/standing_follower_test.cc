// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/standing/standing_follower.h"

#include <gmock/gmock.h>

#include "tests/unit/services/push/memory_world.h"

namespace duijie::push {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using std::chrono::milliseconds;
using testing::AsAdmin;
using testing::CallAs;
using testing::MemoryWorld;

class StandingFollowerTest : public ::testing::Test {
 protected:
  StandingFollowerTest() {
    for (const char* id : {"1", "2"}) {
      const v1::Enterprise enterprise = MemoryWorld::Enterprise(id, "p" + std::string(id));
      world_.Put(enterprise);
      world_.Put(world_.Need(id, enterprise));
    }
    world_.scores = {{{"needs/1", "achievements/1"}, 0.9}, {{"needs/2", "achievements/1"}, 0.2}};
    Restart();
    Follow();  // begins at the catalog's revision
  }

  // A follower over what is stored.
  void Restart() {
    follower_.reset();
    settings_ = std::make_unique<StandingSettingsStore>(*world_.store);
    follower_ = std::make_unique<StandingFollower>(StandingFollower::Dependencies{
        *world_.store, world_.peers, *world_.pushes, *settings_,
        [this](const StandingFollower::Observation& seen) { observed_.push_back(seen); }, nullptr});
  }

  // Until nothing is left of either collection.
  void Follow() {
    for (const v1::Collection collection : {v1::COLLECTION_ACHIEVEMENTS, v1::COLLECTION_NEEDS}) {
      StatusOr<bool> step = true;
      while (step.ok() && *step) step = follower_->Step(collection, milliseconds(0));
      ASSERT_THAT(step, IsOk());
    }
  }

  v1::StandingSettings Set(v1::StandingSettings settings) {
    v1::UpdateStandingSettingsRequest request;
    *request.mutable_settings() = settings;
    const auto updated = settings_->Update(AsAdmin(), request);
    EXPECT_THAT(updated, IsOk());
    return *updated;
  }

  MemoryWorld world_;
  std::vector<StandingFollower::Observation> observed_;
  std::unique_ptr<StandingSettingsStore> settings_;
  std::unique_ptr<StandingFollower> follower_;
};

TEST_F(StandingFollowerTest, APublishedAchievementIsPushedToWhoNeedsIt) {
  world_.Put(world_.Achievement("1"));
  world_.clock.Advance(milliseconds(300));
  Follow();
  const auto pushes = world_.AllPushes();
  ASSERT_EQ(pushes.size(), 1u) << "the other need is below the least level";
  EXPECT_EQ(pushes[0].need(), "needs/1");
  EXPECT_EQ(pushes[0].enterprise(), "enterprises/1");
  EXPECT_EQ(pushes[0].origin(), v1::PUSH_ORIGIN_STANDING);
  EXPECT_EQ(pushes[0].creator(), "system");
  EXPECT_EQ(pushes[0].model_version(), "test-1");
  EXPECT_EQ(pushes[0].reasons().need_fields(0).quote(), "球磨机的耐磨衬板寿命短。");
  EXPECT_EQ(pushes[0].reasons().achievement_sentences(0).quote(), "一种高铬耐磨衬板的铸造工艺。");
  ASSERT_EQ(observed_.size(), 1u);
  EXPECT_EQ(observed_[0].pushes, 1);
  EXPECT_DOUBLE_EQ(observed_[0].seconds, 0.3);
}

TEST_F(StandingFollowerTest, ANeedThatBecomesValidGetsWhatStands) {
  v1::Need draft = world_.Need("3", MemoryWorld::Enterprise("1", "p1"));
  draft.set_state(v1::RECORD_STATE_SUBMITTED);
  world_.Put(draft);
  Follow();
  world_.scores[{"needs/3", "achievements/1"}] = 0.8;
  world_.scores[{"needs/1", "achievements/1"}] = 0.1;
  world_.Put(world_.Achievement("1"));
  Follow();
  EXPECT_EQ(world_.AllPushes().size(), 0u);
  draft.set_state(v1::RECORD_STATE_PUBLISHED);
  world_.Put(draft);
  Follow();
  ASSERT_EQ(world_.AllPushes().size(), 1u);
  EXPECT_EQ(world_.AllPushes()[0].need(), "needs/3");
}

TEST_F(StandingFollowerTest, WhatStoodBeforeIsNotPushed) { EXPECT_EQ(world_.match_calls, 0); }

TEST_F(StandingFollowerTest, ALibraryLoadedInOneCommitIsNoNews) {
  for (int i = 0; i <= kMostChangesOfNews; ++i) world_.Put(world_.Achievement(std::to_string(1'000 + i)));
  const auto list = world_.peers.list_changes;
  world_.peers.list_changes = [list](const rpc::CallContext& call, internal::v1::ListChangesRequest request) {
    request.set_limit(2 * kMostChangesOfNews);
    auto page = list(call, request);
    if (!page.ok()) return page;
    for (auto& change : *page->mutable_changes()) change.set_revision(page->revision());
    return page;
  };
  Follow();
  EXPECT_EQ(world_.match_calls, 0);
}

TEST_F(StandingFollowerTest, EditsThatSayNothingNewAreNotMatched) {
  world_.Put(world_.Achievement("1"));
  Follow();
  const int calls = world_.match_calls;
  v1::Achievement edited = world_.Achievement("1");
  edited.set_price_min_wan_yuan(20);
  world_.Put(edited);
  Follow();
  EXPECT_EQ(world_.match_calls, calls);
}

TEST_F(StandingFollowerTest, ANewTextIsPushedAgainOnceThePairMayBe) {
  world_.Put(world_.Achievement("1"));
  Follow();
  v1::Achievement edited = world_.Achievement("1");
  edited.set_advantage("寿命提高一倍。");
  world_.Put(edited);
  Follow();
  EXPECT_EQ(world_.AllPushes().size(), 1u) << "within the interval of the pair";
  EXPECT_EQ(follower_->Progress().achievements().kept_back(), 1);
  world_.clock.Advance(std::chrono::hours(24) * 400);
  edited.set_advantage("寿命提高两倍。");
  world_.Put(edited);
  Follow();
  EXPECT_EQ(world_.AllPushes().size(), 2u);
}

TEST_F(StandingFollowerTest, ACrashBetweenMatchAndCommitRepeatsWithoutDoubling) {
  world_.Put(world_.Achievement("1"));
  const auto read = world_.peers.read_records;
  int calls_after_match = 0;
  world_.peers.read_records =
      [&](const rpc::CallContext& call,
          const internal::v1::ReadRecordsRequest& request) -> StatusOr<internal::v1::ReadRecordsResponse> {
    if (world_.match_calls > 0 && ++calls_after_match == 2) {
      return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "the process ends here");
    }
    return read(call, request);
  };
  EXPECT_THAT(follower_->Step(v1::COLLECTION_ACHIEVEMENTS, milliseconds(0)),
              StatusIs(StatusCode::kUnavailable));
  EXPECT_EQ(world_.match_calls, 1);
  EXPECT_EQ(world_.AllPushes().size(), 0u);
  world_.peers.read_records = read;
  Restart();
  Follow();
  EXPECT_EQ(world_.match_calls, 2);
  EXPECT_EQ(world_.AllPushes().size(), 1u);
}

TEST_F(StandingFollowerTest, ACrashAfterTheCommitDoesNotRepeat) {
  world_.Put(world_.Achievement("1"));
  world_.Put(world_.Achievement("2"));
  world_.scores[{"needs/1", "achievements/2"}] = 0.9;
  world_.scores[{"needs/2", "achievements/2"}] = 0.1;
  // The second event of the page fails, the first is committed.
  const auto match = world_.peers.match_achievement;
  world_.peers.match_achievement =
      [&](const rpc::CallContext& call,
          const v1::MatchAchievementRequest& request) -> StatusOr<v1::MatchAchievementResponse> {
    if (request.name() == "achievements/2") return Error(StatusCode::kUnavailable, "INDEX_BEHIND", "later");
    return match(call, request);
  };
  EXPECT_THAT(follower_->Step(v1::COLLECTION_ACHIEVEMENTS, milliseconds(0)),
              StatusIs(StatusCode::kUnavailable));
  EXPECT_EQ(world_.AllPushes().size(), 1u);
  world_.peers.match_achievement = match;
  world_.match_calls = 0;
  Restart();
  Follow();
  EXPECT_EQ(world_.match_calls, 1) << "only the second";
  EXPECT_EQ(world_.AllPushes().size(), 2u);
  Restart();
  Follow();
  EXPECT_EQ(world_.AllPushes().size(), 2u);
}

TEST_F(StandingFollowerTest, TwoPublishedTogetherArePushedOnce) {
  world_.scores[{"needs/4", "achievements/4"}] = 0.9;
  world_.Put(world_.Achievement("4"));
  world_.Put(world_.Need("4", MemoryWorld::Enterprise("2", "p2")));
  Follow();
  int of_pair = 0;
  for (const v1::Push& push : world_.AllPushes()) of_pair += push.need() == "needs/4" ? 1 : 0;
  EXPECT_EQ(of_pair, 1);
}

TEST_F(StandingFollowerTest, ANeedForStaffOnlyIsPushedToItsOwnEnterprise) {
  v1::Need secret = world_.Need("5", MemoryWorld::Enterprise("2", "p2"));
  secret.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  world_.scores[{"needs/5", "achievements/5"}] = 0.9;
  world_.scores[{"needs/1", "achievements/5"}] = 0.1;
  world_.scores[{"needs/2", "achievements/5"}] = 0.1;
  world_.Put(secret);
  world_.Put(world_.Achievement("5"));
  Follow();
  const auto pushes = world_.AllPushes();
  ASSERT_EQ(pushes.size(), 1u);
  EXPECT_EQ(pushes[0].enterprise(), "enterprises/2");
  EXPECT_EQ(pushes[0].park_code(), "p2");
}

TEST_F(StandingFollowerTest, AnEventIsBoundedBestFirst) {
  v1::StandingSettings settings = *settings_->Get();
  settings.set_max_per_achievement(3);
  Set(settings);
  for (int i = 0; i < 8; ++i) {
    const std::string id = "x" + std::to_string(i);
    const v1::Enterprise enterprise = MemoryWorld::Enterprise(id, "p1");
    world_.Put(enterprise);
    world_.Put(world_.Need(id, enterprise));
    world_.scores[{"needs/" + id, "achievements/1"}] = 0.80 + 0.01 * i;
  }
  world_.scores[{"needs/1", "achievements/1"}] = 0.1;
  Follow();
  world_.Put(world_.Achievement("1"));
  Follow();
  std::set<std::string> needs;
  for (const v1::Push& push : world_.AllPushes()) needs.insert(push.need());
  EXPECT_EQ(needs, (std::set<std::string>{"needs/x5", "needs/x6", "needs/x7"}));
}

TEST_F(StandingFollowerTest, WhileItIsOffNothingIsPushedNorLaterMadeUpFor) {
  v1::StandingSettings settings = *settings_->Get();
  settings.set_enabled(false);
  settings = Set(settings);
  world_.Put(world_.Achievement("1"));
  Follow();
  settings.set_enabled(true);
  Set(settings);
  Follow();
  EXPECT_EQ(world_.AllPushes().size(), 0u);
  EXPECT_EQ(follower_->Progress().achievements().revision(), world_.revision());
}

TEST_F(StandingFollowerTest, AnEventThatMatchingRefusesForGoodIsLeft) {
  world_.peers.match_achievement =
      [](const rpc::CallContext&,
         const v1::MatchAchievementRequest&) -> StatusOr<v1::MatchAchievementResponse> {
    return Error(StatusCode::kInternal, "INTERNAL", "a defect");
  };
  world_.Put(world_.Achievement("1"));
  Follow();
  EXPECT_EQ(follower_->Progress().achievements().revision(), world_.revision());
}

TEST_F(StandingFollowerTest, ACatalogRestoredToThePastIsFollowedFromThere) {
  const int64_t before = world_.revision();
  world_.Put(world_.Achievement("1"));
  Follow();
  world_.RollBackTo(before);
  Follow();
  EXPECT_EQ(follower_->Progress().achievements().revision(), before);
  world_.Put(world_.Achievement("2"));
  world_.scores[{"needs/1", "achievements/2"}] = 0.9;
  Follow();
  std::set<std::string> pushed;
  for (const v1::Push& push : world_.AllPushes()) pushed.insert(push.achievement());
  EXPECT_TRUE(pushed.contains("achievements/2"));
}

TEST_F(StandingFollowerTest, WaitingEndsWhenTheRevisionIsDealtWith) {
  EXPECT_FALSE(follower_->WaitFor(world_.revision() + 1, milliseconds(1)));
  follower_->Start();
  const int64_t revision = world_.Put(world_.Achievement("1"));
  EXPECT_TRUE(follower_->WaitFor(revision, std::chrono::minutes(1)));
  follower_->Stop();
  EXPECT_EQ(world_.AllPushes().size(), 1u);
}

TEST_F(StandingFollowerTest, SettingsAreCheckedAndForStaffOfAllParks) {
  v1::UpdateStandingSettingsRequest request;
  *request.mutable_settings() = *settings_->Get();
  EXPECT_THAT(settings_->Update(CallAs(v1::ROLE_STAFF, {"p1"}), request),
              StatusIs(StatusCode::kPermissionDenied, "FORBIDDEN"));
  request.mutable_settings()->set_min_score(2);
  request.mutable_settings()->set_max_per_need(0);
  const auto refused = settings_->Update(AsAdmin(), request);
  ASSERT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(ViolationsOf(refused.status()).size(), 2u);
  const v1::StandingSettings first = Set(*settings_->Get());
  EXPECT_NE(first.etag(), "");
  const v1::StandingSettings second = Set(first);
  *request.mutable_settings() = first;
  EXPECT_THAT(settings_->Update(AsAdmin(), request), StatusIs(StatusCode::kAborted, "STALE_ETAG"));
  EXPECT_NE(second.etag(), first.etag());
}

}  // namespace
}  // namespace duijie::push
