// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/next_actions.h"

#include <gmock/gmock.h>

#include "services/matching/fit_table.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

v1::MatchResult ResultWith(const std::string& demand, const std::string& summary, int rank = 1) {
  v1::Need need;
  need.set_title("高强钢紧固件");
  need.set_description(demand);
  v1::Achievement achievement;
  achievement.set_title("紧固件用钢" + std::to_string(rank));
  achievement.set_summary(summary);
  const auto& names = *testing::SharedNames();
  v1::MatchResult result;
  result.set_rank(rank);
  result.set_need_title(need.title());
  result.set_achievement_title(achievement.title());
  result.set_achievement("achievements/a" + std::to_string(rank));
  *result.mutable_explanation()->mutable_fit() =
      MakeFitTable(DemandsOf(SourceOf(need), names), StatedFigures(SourceOf(achievement), names), names);
  return result;
}

class NextActionsTest : public ::testing::Test {
 protected:
  // With the constraints that the facts give.
  std::vector<v1::NextAction> Actions(v1::MatchResult result, const std::vector<BestStated>& best) {
    const FactsPair facts{need_, achievement_, "", Day()};
    for (const v1::ConstraintVerdict& verdict : CheckConstraints(facts, testing::Taxonomies()))
      *result.mutable_explanation()->add_constraints() = verdict;
    return NextActions({result, facts, best});
  }
  std::vector<v1::NextAction> Actions(const std::string& demand, const std::string& summary) {
    const v1::MatchResult result = ResultWith(demand, summary);
    return Actions(result, BestOf({result}));
  }
  static std::vector<int> Kinds(const std::vector<v1::NextAction>& actions) {
    std::vector<int> kinds;
    for (const v1::NextAction& action : actions) kinds.push_back(action.kind());
    return kinds;
  }

  internal::v1::RecordFacts need_;
  internal::v1::RecordFacts achievement_;
};

TEST_F(NextActionsTest, AllMetMeansAVisitThatNamesTheFigures) {
  const auto actions = Actions("要求抗拉强度不低于800MPa。", "抗拉强度达到850MPa以上。");
  ASSERT_THAT(Kinds(actions), ElementsAre(v1::NEXT_ACTION_KIND_VISIT));
  EXPECT_THAT(actions[0].text(), HasSubstr("抗拉强度 ≥ 850 MPa"));
}

TEST_F(NextActionsTest, SilenceMeansTheExactQuestion) {
  const auto actions = Actions("要求抗拉强度不低于800MPa。", "性能优良。");
  ASSERT_THAT(Kinds(actions), ElementsAre(v1::NEXT_ACTION_KIND_ASK_OWNER));
  EXPECT_THAT(actions[0].text(), HasSubstr("“抗拉强度”≥ 800 MPa"));
}

TEST_F(NextActionsTest, ManySilentFiguresAreAskedInOne) {
  const auto actions =
      Actions("要求抗拉强度不低于800MPa，伸长率不低于12%，硬度不低于30HRC，冲击功不低于40J。", "性能优良。");
  ASSERT_THAT(Kinds(actions), ElementsAre(v1::NEXT_ACTION_KIND_ASK_OWNER));
  EXPECT_THAT(actions[0].text(), AllOf(HasSubstr("抗拉强度"), HasSubstr("≥ 12 %"), HasSubstr("硬度")));
}

TEST_F(NextActionsTest, ASmallGapAsksTheEnterpriseFirst) {
  const v1::MatchResult near = ResultWith("要求抗拉强度不低于800MPa。", "抗拉强度750MPa。", 2);
  const v1::MatchResult best = ResultWith("要求抗拉强度不低于800MPa。", "抗拉强度850MPa。", 1);
  const auto actions = Actions(near, BestOf({best, near}));
  ASSERT_THAT(Kinds(actions), ElementsAre(v1::NEXT_ACTION_KIND_DIAGNOSE));
  EXPECT_THAT(actions[0].text(), AllOf(HasSubstr("≥ 800 MPa"), HasSubstr("750 MPa"), HasSubstr("差6.25%")));
}

TEST_F(NextActionsTest, ABountyIsDraftedOnlyWhereNoResultSatisfies) {
  const std::string demand = "要求抗拉强度不低于800MPa。";
  const v1::MatchResult far = ResultWith(demand, "抗拉强度400MPa。", 3);
  const v1::MatchResult nearer = ResultWith(demand, "抗拉强度500MPa。", 2);
  const v1::MatchResult good = ResultWith(demand, "抗拉强度900MPa。", 1);
  const auto alone = Actions(far, BestOf({nearer, far}));
  ASSERT_THAT(Kinds(alone), ElementsAre(v1::NEXT_ACTION_KIND_BOUNTY));
  EXPECT_THAT(alone[0].text(), AllOf(HasSubstr("高强钢紧固件"), HasSubstr("抗拉强度 ≥ 800 MPa"),
                                     HasSubstr("所列成果中最好的差37.5%"), HasSubstr("须经企业同意")));
  // What others state may be hidden from a later reader.
  EXPECT_THAT(alone[0].text(), AllOf(Not(HasSubstr("紧固件用钢2")), Not(HasSubstr("500 MPa"))));
  const auto own = Actions(nearer, BestOf({nearer, far}));
  ASSERT_THAT(Kinds(own), ElementsAre(v1::NEXT_ACTION_KIND_BOUNTY));
  EXPECT_THAT(own[0].text(), HasSubstr("现有最好为本成果的抗拉强度 500 MPa，差37.5%"));
  const auto beside = Actions(far, BestOf({good, nearer, far}));
  EXPECT_THAT(Kinds(beside), ElementsAre(v1::NEXT_ACTION_KIND_ASK_OWNER));
}

TEST_F(NextActionsTest, SilenceAloneMakesNoBounty) {
  const auto actions = Actions("要求抗拉强度不低于800MPa。", "性能优良。");
  for (const v1::NextAction& action : actions) EXPECT_NE(action.kind(), v1::NEXT_ACTION_KIND_BOUNTY);
}

TEST_F(NextActionsTest, AGapOfMaturityLeadsToAPilot) {
  need_.set_maturity_level(8);
  achievement_.set_maturity_level(5);
  const auto actions = Actions("要求抗拉强度不低于800MPa。", "抗拉强度达到850MPa以上。");
  ASSERT_THAT(Kinds(actions), ElementsAre(v1::NEXT_ACTION_KIND_PILOT));
  EXPECT_THAT(actions[0].text(), AllOf(HasSubstr("5级"), HasSubstr("8级"), HasSubstr("差3级")));
}

TEST_F(NextActionsTest, WhatTheOwnerLeavesOpenOfConstraintsIsAsked) {
  need_.set_maturity_level(7);
  need_.set_price_max_wan_yuan(100);
  const auto actions = Actions(ResultWith("", ""), {});
  ASSERT_EQ(actions.size(), 2U);
  EXPECT_THAT(actions[0].text(), HasSubstr("不低于7级"));
  EXPECT_THAT(actions[1].text(), HasSubstr("100万元"));
  achievement_.set_price_min_wan_yuan(120);
  const auto dearer = Actions(ResultWith("", ""), {});
  ASSERT_GE(dearer.size(), 1U);
  EXPECT_EQ(dearer[0].kind(), v1::NEXT_ACTION_KIND_DIAGNOSE);
  EXPECT_THAT(dearer[0].text(), AllOf(HasSubstr("120万元"), HasSubstr("100万元"), HasSubstr("高20%")));
}

TEST_F(NextActionsTest, NothingToSayMeansNothingSaid) {
  EXPECT_THAT(Actions(ResultWith("希望提高质量。", "性能优良。"), {}), IsEmpty());
}

TEST_F(NextActionsTest, AreAtMostSix) {
  need_.set_maturity_level(8);
  need_.set_price_max_wan_yuan(100);
  achievement_.set_maturity_level(5);
  achievement_.set_price_min_wan_yuan(120);
  const auto actions = Actions(
      "要求抗拉强度不低于800MPa，伸长率不低于12%"
      "，硬度不低于30HRC，冲击功不低于40J，屈服强度不低于600MPa，密度不高于7.8g/cm3。",
      "抗拉强度750MPa，伸长率11%，硬度29HRC，屈服强度100MPa。");
  EXPECT_LE(actions.size(), kMaxNextActions);
  EXPECT_EQ(actions[0].kind(), v1::NEXT_ACTION_KIND_DIAGNOSE);
}

}  // namespace
}  // namespace duijie::matching
