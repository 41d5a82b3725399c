// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/campaigns/campaigns.h"

#include "services/push/campaigns/campaign_rules.h"
#include "tests/unit/services/push/campaigns/campaign_world.h"

namespace duijie::push {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using testing::CallAs;
using testing::CampaignWorld;

class CampaignsTest : public ::testing::Test {
 protected:
  // Two parks, an enterprise with a need in each, two achievements.
  CampaignsTest() {
    for (const char* id : {"1", "2"}) {
      const v1::Enterprise enterprise = CampaignWorld::Enterprise(id, "p" + std::string(id));
      world_.Put(enterprise);
      world_.Put(world_.Need(id, enterprise));
      world_.Put(world_.Achievement(id));
    }
    world_.scores = {{{"needs/1", "achievements/1"}, 0.9},
                     {{"needs/1", "achievements/2"}, 0.4},
                     {{"needs/2", "achievements/1"}, 0.6},
                     {{"needs/2", "achievements/2"}, 0.3}};
  }

  v1::Campaign Previewed(const v1::CampaignRule& rule) {
    const auto created = world_.Create(rule);
    EXPECT_THAT(created, IsOk());
    const auto campaign = world_.Preview(created->name());
    EXPECT_THAT(campaign, IsOk());
    return *campaign;
  }

  CampaignWorld world_;
};

TEST_F(CampaignsTest, APreviewListsPairsByTotalWithReasons) {
  const v1::Campaign campaign = Previewed({});
  EXPECT_EQ(campaign.state(), v1::CAMPAIGN_STATE_PREVIEWED);
  EXPECT_EQ(campaign.preview().proposed(), 4);
  EXPECT_EQ(campaign.preview().subjects_done(), 2);
  EXPECT_EQ(campaign.preview().snapshot_revision(), world_.revision());
  EXPECT_EQ(campaign.preview().parameters().model_version(), "test-1");
  const auto lines = world_.Lines(campaign.name());
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0].need(), "needs/1");
  EXPECT_EQ(lines[0].enterprise(), "enterprises/1");
  EXPECT_EQ(lines[0].enterprise_title(), "企业1");
  EXPECT_EQ(lines[0].achievement_title(), "成果1");
  EXPECT_EQ(lines[0].number(), 1);
  EXPECT_EQ(lines[0].reasons().need_fields(0).quote(), "球磨机的耐磨衬板寿命短。");
  EXPECT_EQ(lines[0].reasons().achievement_sentences(0).quote(), "一种高铬耐磨衬板的铸造工艺。");
  EXPECT_EQ(lines[1].need(), "needs/2");
  EXPECT_EQ(world_.AllPushes().size(), 0u);
}

TEST_F(CampaignsTest, ABonusReordersWithinItsBoundAndSaysSo) {
  v1::Achievement second = world_.Achievement("2");
  second.set_award("省科技进步二等奖");
  world_.Put(second);
  world_.scores[{"needs/1", "achievements/2"}] = 0.88;
  v1::CampaignRule rule;
  rule.set_min_score(0.89);  // without the bonus
  rule.set_bonus_share(0.1);
  EXPECT_EQ(Previewed(rule).preview().proposed(), 1) << "a bonus lifts nothing over the least score";
  rule.set_min_score(0.8);
  const v1::Campaign campaign = Previewed(rule);
  const auto lines = world_.Lines(campaign.name(), v1::CAMPAIGN_LINE_STATE_PROPOSED);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].achievement(), "achievements/2");
  EXPECT_NEAR(lines[0].bonus(), 0.088, 1e-12);
  EXPECT_NEAR(lines[0].total(), 0.968, 1e-12);
  ASSERT_EQ(lines[0].reasons().remarks_size(), 1);
  EXPECT_EQ(lines[0].reasons().remarks(0),
            "本成果为科技奖励成果（省科技进步二等奖），排序时按活动规则加分10%：得分0.88，计0.968。");
  EXPECT_EQ(lines[1].bonus(), 0);
  EXPECT_EQ(lines[1].reasons().remarks_size(), 0);
  EXPECT_EQ(BonusOf(rule, true, 0.97), 1 - 0.97) << "totals end at 1";
}

TEST_F(CampaignsTest, DroppedLinesAreNotPushedAndTheRestIs) {
  const v1::Campaign campaign = Previewed({});
  const auto lines = world_.Lines(campaign.name());
  v1::DropCampaignLinesRequest drop;
  drop.set_campaign(campaign.name());
  drop.add_lines(lines[0].name());
  drop.add_lines(lines[0].name());
  drop.set_reason("企业另有联系");
  ASSERT_THAT(world_.campaigns->DropLines(testing::AsAdmin(), drop), IsOk());
  ASSERT_THAT(world_.campaigns->DropLines(testing::AsAdmin(), drop), IsOk()) << "harmless to repeat";
  EXPECT_EQ(world_.Get(campaign.name())->dropped(), 1);
  ASSERT_THAT(world_.Approve(campaign.name()), IsOk());
  world_.Work();
  const auto done = world_.Get(campaign.name());
  EXPECT_EQ(done->state(), v1::CAMPAIGN_STATE_DONE);
  EXPECT_EQ(done->pushed(), 3);
  const auto pushes = world_.AllPushes();
  EXPECT_EQ(pushes.size(), 3u);
  for (const v1::Push& push : pushes) {
    EXPECT_EQ(push.campaign(), campaign.name());
    EXPECT_EQ(push.origin(), v1::PUSH_ORIGIN_CAMPAIGN);
    EXPECT_FALSE(push.need() == "needs/1" ? push.achievement() == "achievements/1" : false);
  }
  EXPECT_EQ(world_.Lines(campaign.name(), v1::CAMPAIGN_LINE_STATE_DROPPED).size(), 1u);
  const auto pushed = world_.Lines(campaign.name(), v1::CAMPAIGN_LINE_STATE_PUSHED);
  ASSERT_EQ(pushed.size(), 3u);
  EXPECT_TRUE(pushed[0].push().starts_with("pushes/"));
}

TEST_F(CampaignsTest, ApprovingAgainChangesNothing) {
  const v1::Campaign campaign = Previewed({});
  ASSERT_THAT(world_.Approve(campaign.name()), IsOk());
  EXPECT_THAT(world_.Approve(campaign.name()), IsOk());
  world_.Work();
  const auto done = world_.Approve(campaign.name());
  ASSERT_THAT(done, IsOk());
  EXPECT_EQ(done->state(), v1::CAMPAIGN_STATE_DONE);
  world_.Work();
  EXPECT_EQ(world_.AllPushes().size(), 4u);
}

TEST_F(CampaignsTest, WhatIsApprovedIsWhatWasLookedAt) {
  const v1::Campaign campaign = Previewed({});
  v1::ApproveCampaignRequest request;
  request.set_name(campaign.name());
  request.set_digest("another");
  EXPECT_THAT(world_.campaigns->Approve(testing::AsAdmin(), request),
              StatusIs(StatusCode::kFailedPrecondition, "WRONG_STATE"));
  request.set_digest(campaign.preview().digest());
  EXPECT_THAT(world_.campaigns->Approve(testing::AsAdmin(), request), IsOk());
}

TEST_F(CampaignsTest, ACrashAmidApprovalNeitherLosesNorDoubles) {
  for (int i = 10; i < 10 + static_cast<int>(kLinesPerApproval); ++i) {
    const v1::Enterprise enterprise = CampaignWorld::Enterprise(std::to_string(i), "p1");
    world_.Put(enterprise);
    world_.Put(world_.Need(std::to_string(i), enterprise));
  }
  const v1::Campaign campaign = Previewed({});
  ASSERT_GT(campaign.preview().proposed(), static_cast<int>(kLinesPerApproval));
  ASSERT_THAT(world_.Approve(campaign.name()), IsOk());
  const Approver before(*world_.campaign_store, *world_.pushes);
  EXPECT_FALSE(*before.Step(campaign.name()));
  EXPECT_EQ(world_.AllPushes().size(), kLinesPerApproval);
  world_.Rebuild();
  world_.Work();
  EXPECT_EQ(world_.Get(campaign.name())->state(), v1::CAMPAIGN_STATE_DONE);
  EXPECT_EQ(world_.Get(campaign.name())->pushed(), campaign.preview().proposed());
  std::set<std::pair<std::string, std::string>> pairs;
  for (const v1::Push& push : world_.AllPushes()) {
    EXPECT_TRUE(pairs.insert({push.need(), push.achievement()}).second) << push.ShortDebugString();
  }
  EXPECT_EQ(pairs.size(), static_cast<size_t>(campaign.preview().proposed()));
}

TEST_F(CampaignsTest, APreviewCutShortIsWorkedOutAfterARestart) {
  const auto created = world_.Create({});
  v1::PreviewCampaignRequest request;
  request.set_name(created->name());
  ASSERT_THAT(world_.campaigns->Preview(testing::AsAdmin(), request), IsOk());
  const auto list_results = world_.peers.list_match_run_results;
  world_.peers.list_match_run_results =
      [](const rpc::CallContext&,
         const v1::ListMatchRunResultsRequest&) -> StatusOr<v1::ListMatchRunResultsResponse> {
    return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "away");
  };
  world_.engine->WorkOnce();
  EXPECT_EQ(world_.Get(created->name())->state(), v1::CAMPAIGN_STATE_PREVIEWING);
  world_.peers.list_match_run_results = list_results;
  world_.Rebuild();
  world_.Work();
  EXPECT_EQ(world_.Get(created->name())->state(), v1::CAMPAIGN_STATE_PREVIEWED);
  EXPECT_EQ(world_.Lines(created->name()).size(), 4u);
}

TEST_F(CampaignsTest, APreviewThatCannotSucceedGoesBackWithAnError) {
  world_.peers.create_match_run =
      [](const rpc::CallContext&, const v1::CreateMatchRunRequest&) -> StatusOr<v1::CreateMatchRunResponse> {
    return InvalidField("match_run.parameters.model_version", "UNKNOWN_VALUE", "没有这个版本的模型");
  };
  const v1::Campaign campaign = Previewed({});
  EXPECT_EQ(campaign.state(), v1::CAMPAIGN_STATE_DRAFT);
  EXPECT_NE(campaign.error(), "");
  EXPECT_EQ(world_.Lines(campaign.name()).size(), 0u);
}

TEST_F(CampaignsTest, TheSameSnapshotGivesTheSameListAlsoWhenTheCatalogMovedOn) {
  const v1::Campaign first = Previewed({});
  v1::Need changed = world_.Need("1", CampaignWorld::Enterprise("1", "p1"));
  changed.set_title("另一个题目");
  world_.Put(changed);
  world_.Put(world_.Achievement("3"));
  world_.clock.Advance(std::chrono::hours(72));
  const auto again = world_.Preview(first.name(), testing::AsAdmin(), first.preview().snapshot_revision());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->preview().digest(), first.preview().digest());
  EXPECT_EQ(again->preview().parameters().as_of(), first.preview().parameters().as_of());
  EXPECT_NE(world_.Preview(first.name())->preview().digest(), first.preview().digest());
}

TEST_F(CampaignsTest, ACancelledCampaignPushesNothingMore) {
  const v1::Campaign campaign = Previewed({});
  ASSERT_THAT(world_.Approve(campaign.name()), IsOk());
  v1::CancelCampaignRequest cancel;
  cancel.set_name(campaign.name());
  ASSERT_THAT(world_.campaigns->Cancel(testing::AsAdmin(), cancel), IsOk());
  world_.Work();
  EXPECT_EQ(world_.AllPushes().size(), 0u);
  EXPECT_THAT(world_.campaigns->Cancel(testing::AsAdmin(), cancel),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
  EXPECT_THAT(world_.Approve(campaign.name()),
              StatusIs(StatusCode::kFailedPrecondition, "ILLEGAL_TRANSITION"));
}

TEST_F(CampaignsTest, OnlyTheTableOfStepsIsLegal) {
  std::set<std::pair<int, int>> legal;
  for (int from = 1; from <= v1::CampaignState_MAX; ++from) {
    for (int to = 1; to <= v1::CampaignState_MAX; ++to) {
      if (CheckStep(static_cast<v1::CampaignState>(from), static_cast<v1::CampaignState>(to)).ok()) {
        legal.insert({from, to});
      }
    }
  }
  // DRAFT 1, PREVIEWING 2, PREVIEWED 3, APPROVING 4, DONE 5, CANCELLED 6
  EXPECT_EQ(legal, (std::set<std::pair<int, int>>{
                       {1, 2}, {3, 2}, {2, 3}, {2, 1}, {3, 4}, {4, 5}, {1, 6}, {2, 6}, {3, 6}, {4, 6}}));
}

TEST_F(CampaignsTest, StaffSeeAndMakeCampaignsOfTheirParksOnly) {
  const rpc::CallContext staff = CallAs(v1::ROLE_STAFF, {"p1"});
  const auto own = world_.Create({}, staff);
  ASSERT_THAT(own, IsOk());
  ASSERT_EQ(own->rule().subject_filter().park_codes_size(), 1);
  EXPECT_EQ(own->rule().subject_filter().park_codes(0), "p1");
  const auto previewed = world_.Preview(own->name(), staff);
  ASSERT_THAT(previewed, IsOk());
  EXPECT_EQ(previewed->preview().pairs(), 2) << "of one need";
  v1::CampaignRule elsewhere;
  elsewhere.mutable_subject_filter()->add_park_codes("p2");
  EXPECT_THAT(world_.Create(elsewhere, staff), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  const v1::Campaign of_all = Previewed({});
  EXPECT_THAT(world_.Get(of_all.name(), staff), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(world_.Approve(of_all.name(), staff), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  const auto list = world_.campaigns->List(staff, {});
  ASSERT_THAT(list, IsOk());
  EXPECT_EQ(list->campaigns_size(), 1);
  EXPECT_THAT(world_.Get(own->name(), CallAs(v1::ROLE_STAFF, {"p2"})), StatusIs(StatusCode::kNotFound));
}

TEST_F(CampaignsTest, NeedsForStaffOnlyStayInTheirPark) {
  v1::Need secret = world_.Need("1", CampaignWorld::Enterprise("1", "p1"));
  secret.set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  world_.Put(secret);
  const rpc::CallContext inside = CallAs(v1::ROLE_STAFF, {"p1"});
  const auto own = world_.Create({}, inside);
  EXPECT_EQ(world_.Preview(own->name(), inside)->preview().proposed(), 2);
  const rpc::CallContext outside = CallAs(v1::ROLE_STAFF, {"p2"});
  const auto other = world_.Create({}, outside);
  const auto previewed = world_.Preview(other->name(), outside);
  EXPECT_EQ(previewed->preview().pairs(), 2) << "its own need only";
  for (const v1::CampaignLine& line : world_.Lines(other->name(), {}, outside))
    EXPECT_EQ(line.need(), "needs/2");
}

TEST_F(CampaignsTest, LinesShowWhatMayBeSeenToday) {
  const rpc::CallContext staff = CallAs(v1::ROLE_STAFF, {"p1"});
  const auto own = world_.Create({}, staff);
  ASSERT_THAT(world_.Preview(own->name(), staff), IsOk());
  v1::Achievement withdrawn = world_.Achievement("1");
  withdrawn.set_state(v1::RECORD_STATE_WITHDRAWN);
  world_.Put(withdrawn);
  auto lines = world_.Lines(own->name(), {}, staff);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].achievement_title(), "");
  EXPECT_EQ(lines[0].reasons().achievement_sentences_size(), 0);
  v1::Need moved = world_.Need("1", CampaignWorld::Enterprise("1", "p2"));
  world_.Put(moved);
  EXPECT_EQ(world_.Lines(own->name(), {}, staff).size(), 0u);
}

TEST_F(CampaignsTest, EnterprisesAreMatchedByTheirProfiles) {
  v1::CampaignRule rule;
  rule.set_subject(v1::CAMPAIGN_SUBJECT_ENTERPRISES);
  v1::Enterprise silent = CampaignWorld::Enterprise("3", "p1");
  silent.clear_products();
  world_.Put(silent);
  const v1::Campaign campaign = Previewed(rule);
  EXPECT_EQ(campaign.preview().subjects_total(), 3);
  EXPECT_EQ(campaign.preview().parameters().model_version(), "test-1");
  const auto lines = world_.Lines(campaign.name(), v1::CAMPAIGN_LINE_STATE_PROPOSED);
  ASSERT_EQ(lines.size(), 4u) << "the profile that says nothing is matched to nothing";
  EXPECT_EQ(lines[0].need(), "");
  EXPECT_EQ(lines[0].reasons().enterprise_fields(0).field(), "products");
  ASSERT_THAT(world_.Approve(campaign.name()), IsOk());
  world_.Work();
  EXPECT_EQ(world_.AllPushes().size(), 4u);
}

TEST_F(CampaignsTest, PairsWithoutAReasonAreLeftOut) {
  v1::Achievement mute = world_.Achievement("1");
  mute.set_summary("");
  world_.Put(mute);
  const v1::Campaign campaign = Previewed({});
  EXPECT_EQ(campaign.preview().proposed(), 2);
  ASSERT_EQ(campaign.preview().left_out_size(), 1);
  EXPECT_EQ(campaign.preview().left_out(0).rule(), v1::CAMPAIGN_LINE_RULE_NOT_CITABLE);
  EXPECT_EQ(campaign.preview().left_out(0).count(), 2);
}

TEST_F(CampaignsTest, ARepeatedRequestIsAnsweredAsBefore) {
  v1::CreateCampaignRequest request;
  request.mutable_campaign()->set_title("甲");
  request.set_request_id("123e4567-e89b-12d3-a456-426614174000");
  const auto first = world_.campaigns->Create(testing::AsAdmin(), request);
  const auto second = world_.campaigns->Create(testing::AsAdmin(), request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->campaign().name(), second->campaign().name());
}

TEST_F(CampaignsTest, TheQueueIsBounded) {
  v1::PreviewCampaignRequest request;
  for (size_t i = 0; i < kMaxActiveCampaigns; ++i) {
    request.set_name(world_.Create({})->name());
    ASSERT_THAT(world_.campaigns->Preview(testing::AsAdmin(), request), IsOk());
  }
  request.set_name(world_.Create({})->name());
  EXPECT_THAT(world_.campaigns->Preview(testing::AsAdmin(), request),
              StatusIs(StatusCode::kResourceExhausted, "QUEUE_FULL"));
}

TEST_F(CampaignsTest, RulesOutOfRangeAreRefusedByField) {
  v1::CampaignRule rule;
  rule.set_min_score(1.1);
  rule.set_bonus_share(0.11);
  rule.set_max_per_enterprise(21);
  rule.set_total_limit(-1);
  rule.set_candidates(21);
  rule.mutable_subject_filter()->add_states(v1::RECORD_STATE_DRAFT);
  const auto created = world_.Create(rule);
  ASSERT_THAT(created, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(ViolationsOf(created.status()).size(), 6u);
}

TEST_F(CampaignsTest, AWatchEndsWhenNothingWorksOnTheCampaign) {
  const v1::Campaign campaign = Previewed({});
  int seen = 0;
  EXPECT_THAT(world_.campaigns->Watch(testing::AsAdmin(), campaign.name(),
                                      [&](const v1::Campaign&) { return ++seen > 0; }),
              IsOk());
  EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace duijie::push
