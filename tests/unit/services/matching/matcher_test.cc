// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/matcher.h"

#include <algorithm>
#include <map>

#include "services/matching/match_records.h"
#include "services/matching/ranking.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/matching_fixtures.h"
#include "tests/unit/services/matching/memory_peers.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::StatusIs;
using ::testing::ElementsAre;
using testing::MemoryPeers;

class MatcherTest : public ::testing::Test {
 protected:
  MatcherTest() {
    memory_.AddNeed("n1", "石墨烯导电浆料的制备", "锂电池正极需要导电性好的石墨烯浆料，分散稳定");
    memory_.AddAchievement("a1", "石墨烯导电浆料制备技术", "用于锂电池正极的石墨烯分散浆料");
    memory_.AddAchievement("a2", "污水脱氮除磷工艺", "城镇污水处理厂提标改造");
    memory_.AddAchievement("a3", "锂电池正极材料回收", "回收废旧电池中的正极材料");
    caller_.set_key_id("partner");
    caller_.set_role(v1::ROLE_PARTNER);
  }

  rpc::CallContext Call() const {
    return {caller_, "test", std::chrono::system_clock::time_point::max(), nullptr};
  }
  Matcher MakeMatcher() { return {testing::SharedKnowledge(), testing::ShippedModels(), memory_.peers()}; }
  StatusOr<v1::MatchNeedResponse> MatchNeed(const v1::MatchNeedRequest& request) {
    const Matcher matcher = MakeMatcher();
    const Peers peers = memory_.peers();
    return MatchRecords(matcher, peers, clock_).MatchNeed(Call(), request);
  }
  static v1::MatchNeedRequest Named(const std::string& name) {
    v1::MatchNeedRequest request;
    request.set_name(name);
    return request;
  }
  static std::vector<std::string> AchievementsOf(const v1::MatchNeedResponse& response) {
    std::vector<std::string> names;
    for (const v1::MatchResult& result : response.results()) names.push_back(result.achievement());
    return names;
  }

  MemoryPeers memory_;
  FakeClock clock_;
  Principal caller_;
};

TEST_F(MatcherTest, ReasonsNameNoWordsThatAnyTextsShare) {
  memory_.AddNeed("n9", "脱硝催化剂", "要求低于目前");
  memory_.AddAchievement("a9", "香菇栽培", "要求低于目前");
  v1::ScorePairsRequest request;
  request.set_need("needs/n9");
  request.add_achievements("achievements/a9");
  const Matcher matcher = MakeMatcher();
  const Peers peers = memory_.peers();
  ASSERT_OK_AND_ASSIGN(const auto response, MatchRecords(matcher, peers, clock_).ScorePairs(Call(), request));
  ASSERT_EQ(response.results_size(), 1);
  const v1::MatchExplanation& explanation = response.results(0).explanation();
  EXPECT_FALSE(explanation.terms().empty());
  EXPECT_THAT(explanation.summary(), ::testing::StartsWith("双方只有泛泛的共同词语"));
}

TEST_F(MatcherTest, RanksByWhatTheTextsShareAndExplainsIt) {
  ASSERT_OK_AND_ASSIGN(const v1::MatchNeedResponse response, MatchNeed(Named("needs/n1")));
  ASSERT_GE(response.results_size(), 2);
  const v1::MatchResult& best = response.results(0);
  EXPECT_EQ(best.achievement(), "achievements/a1");
  EXPECT_EQ(best.rank(), 1);
  EXPECT_EQ(best.need_title(), "石墨烯导电浆料的制备");
  EXPECT_GT(best.score(), response.results(1).score());
  EXPECT_EQ(best.explanation().constraints_size(), 6);
  EXPECT_EQ(best.explanation().features_size(), static_cast<int>(kFeatureCount));
  int64_t sum = 0;
  for (const auto& feature : best.explanation().features())
    sum += std::llround(feature.contribution() * kScoreUnit);
  EXPECT_EQ(sum, std::llround(best.score() * kScoreUnit));
  EXPECT_EQ(best.explanation().terms(0).term(), "石墨烯");
  EXPECT_THAT(best.explanation().terms(0).fields(), ElementsAre("title", "body"));
  EXPECT_THAT(best.explanation().summary(), ::testing::HasSubstr("石墨烯"));
}

TEST_F(MatcherTest, TermsAreWeighedAtTheRevisionAskedFor) {
  constexpr int64_t kWritten = 7;
  memory_.AddNeed("n2", "轧辊涂层剥落", "希望延长轧辊涂层寿命");
  memory_.on_wait = [&, shown = false](int64_t revision) mutable {
    if (shown || revision < kWritten) return;
    shown = true;
    memory_.AddAchievement("a4", "轧辊涂层制备", "涂层结合强度高，不剥落");
  };
  v1::MatchNeedRequest request = Named("needs/n2");
  request.set_min_revision(kWritten);
  ASSERT_OK_AND_ASSIGN(const v1::MatchNeedResponse response, MatchNeed(request));
  ASSERT_GE(response.results_size(), 1) << "what was written is found";
  EXPECT_EQ(response.results(0).achievement(), "achievements/a4");
}

TEST_F(MatcherTest, AViewSaysTheSameOfWhatItSaysAndNothingElse) {
  memory_.AddNeed("n2", "石墨烯导电浆料的制备", "固含量不低于5%，黏度不高于3000mPa·s");
  memory_.AddAchievement("a4", "石墨烯导电浆料制备技术", "固含量达到6%，用于锂电池正极");
  v1::MatchNeedRequest request = Named("needs/n2");
  ASSERT_OK_AND_ASSIGN(const auto full, MatchNeed(request));
  ASSERT_GT(full.results(0).explanation().fit().rows_size(), 0);
  request.set_view(v1::MATCH_VIEW_EVIDENCE);
  ASSERT_OK_AND_ASSIGN(const auto evidence, MatchNeed(request));
  request.set_view(v1::MATCH_VIEW_BASIC);
  ASSERT_OK_AND_ASSIGN(const auto basic, MatchNeed(request));

  v1::MatchNeedResponse expected = full;
  for (v1::MatchResult& result : *expected.mutable_results()) {
    v1::MatchExplanation& explanation = *result.mutable_explanation();
    explanation.clear_summary();
    explanation.clear_features();
    explanation.clear_constraints();
    explanation.clear_next_actions();
  }
  EXPECT_EQ(evidence.DebugString(), expected.DebugString());
  for (v1::MatchResult& result : *expected.mutable_results()) result.clear_explanation();
  EXPECT_EQ(basic.DebugString(), expected.DebugString());

  request.set_view(static_cast<v1::MatchView>(99));
  EXPECT_THAT(MatchNeed(request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(MatcherTest, ALeastLevelLeavesOutWhatIsBelowItAndChangesNothingElse) {
  memory_.AddNeed("n2", "石墨烯导电浆料的制备", "固含量不低于5%，黏度不高于3000mPa·s");
  for (int i = 0; i < 15; ++i) {  // with these more than are judged whatever their level
    const std::string figure = "固含量达到" + std::to_string(i % 9 + 1) + "%";
    memory_.AddAchievement("b" + std::to_string(i), "石墨烯导电浆料制备技术", figure + "，用于锂电池正极");
    memory_.AddAchievement("c" + std::to_string(i), "污泥处理", figure + "，出水达标，用于城镇污水处理厂");
  }
  v1::MatchNeedRequest request = Named("needs/n2");
  request.mutable_parameters()->set_top_k(50);
  ASSERT_OK_AND_ASSIGN(const auto all, MatchNeed(request));
  std::map<v1::MatchLevel, int> levels;
  for (const v1::MatchResult& result : all.results()) ++levels[result.level()];
  ASSERT_GE(levels.size(), 2U);
  for (const auto& [least, count] : levels) {
    request.mutable_parameters()->set_min_level(least);
    ASSERT_OK_AND_ASSIGN(const auto some, MatchNeed(request));
    v1::MatchNeedResponse expected = all;
    expected.mutable_results()->erase(
        std::remove_if(expected.mutable_results()->begin(), expected.mutable_results()->end(),
                       [least = least](const v1::MatchResult& result) { return result.level() < least; }),
        expected.mutable_results()->end());
    EXPECT_EQ(some.DebugString(), expected.DebugString()) << v1::MatchLevel_Name(least);
  }
  request.mutable_parameters()->set_min_level(static_cast<v1::MatchLevel>(99));
  EXPECT_THAT(MatchNeed(request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(MatcherTest, WhatIsReturnedFromBehindManyThatAreNotIsJudged) {
  memory_.AddNeed("n2", "石墨烯导电浆料的制备", "固含量不低于5%");
  memory_.need("n2").set_min_maturity_level(7);
  for (int i = 0; i < 30; ++i) {  // satisfy the condition and say little: first, and below the level
    const std::string id = "c" + std::to_string(i);
    memory_.AddAchievement(id, "污泥处理", "固含量达到6%，用于城镇污水处理厂");
    memory_.achievement(id).set_maturity_level(9);
  }
  memory_.AddAchievement("late", "石墨烯导电浆料制备技术", "固含量达到6%，用于锂电池正极");
  memory_.achievement("late").set_maturity_level(3);
  v1::MatchNeedRequest request = Named("needs/n2");
  request.mutable_parameters()->set_top_k(25);
  request.mutable_parameters()->set_min_level(v1::MATCH_LEVEL_WEAK);
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(request));
  ASSERT_LT(response.results_size(), 20) << "the others are below the level";
  ASSERT_GT(response.results_size(), 0);
  const v1::MatchResult& last = *response.results().rbegin();
  EXPECT_EQ(last.achievement(), "achievements/late");
  EXPECT_FALSE(last.eligible());
  EXPECT_EQ(last.explanation().fit().rows_size(), 1);
}

TEST_F(MatcherTest, ACloseViolationKeepsAPlaceInAFullList) {
  memory_.AddNeed("n2", "石墨烯导电浆料的制备", "固含量不低于5%");
  memory_.need("n2").set_min_maturity_level(7);
  for (int i = 0; i < 30; ++i) {
    const std::string id = "c" + std::to_string(i);
    memory_.AddAchievement(id, "污泥处理", "固含量达到6%，用于城镇污水处理厂");
    memory_.achievement(id).set_maturity_level(9);
  }
  memory_.AddAchievement("late", "石墨烯导电浆料制备技术", "固含量达到6%，用于锂电池正极");
  memory_.achievement("late").set_maturity_level(3);
  v1::MatchNeedRequest request = Named("needs/n2");
  request.mutable_parameters()->set_top_k(4);
  ASSERT_OK_AND_ASSIGN(const auto one_in_four, MatchNeed(request));
  ASSERT_EQ(one_in_four.results_size(), 4);
  EXPECT_EQ(one_in_four.results(3).achievement(), "achievements/late");
  EXPECT_FALSE(one_in_four.results(3).eligible());
  EXPECT_EQ(one_in_four.results(3).explanation().fit().rows_size(), 1);
  EXPECT_TRUE(one_in_four.results(2).eligible());
  request.mutable_parameters()->set_top_k(3);
  ASSERT_OK_AND_ASSIGN(const auto three, MatchNeed(request));
  for (const v1::MatchResult& result : three.results()) EXPECT_TRUE(result.eligible());
}

TEST_F(MatcherTest, AFarViolationTakesNoPlaceOfAFullList) {
  memory_.need("n1").set_min_maturity_level(7);
  for (int i = 0; i < 8; ++i) {
    const std::string id = "c" + std::to_string(i);
    memory_.AddAchievement(id, "石墨烯导电浆料制备技术", "用于锂电池正极");
    memory_.achievement(id).set_maturity_level(9);
  }
  memory_.AddAchievement("far", "污泥处理", "导电");
  memory_.achievement("far").set_maturity_level(3);
  v1::MatchNeedRequest request = Named("needs/n1");
  request.mutable_parameters()->set_top_k(8);
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(request));
  ASSERT_EQ(response.results_size(), 8);
  for (const v1::MatchResult& result : response.results()) EXPECT_TRUE(result.eligible());
}

TEST_F(MatcherTest, SharesOfAllMatchedTermsAddUpToOne) {
  const SourceRecord source = SourceOf(memory_.need("n1"));
  Query query;
  const Peers peers = memory_.peers();
  internal::v1::GetTermStatisticsRequest ask;
  ask.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  const TermBag bag = TermBag::Of(source, *testing::SharedTestAnalyzer());
  for (const BagTerm& term : bag.terms) {
    ask.add_terms()->set_text(term.text);
    ask.mutable_terms(ask.terms_size() - 1)->set_kind(term.kind);
  }
  ASSERT_OK_AND_ASSIGN(const auto statistics, peers.term_statistics(Call(), ask));
  query = Query::Weigh(bag, statistics.statistics(), testing::ShippedModel()->parameters(),
                       testing::SharedBoilerplate().get());
  internal::v1::DescribeRecordsRequest describe;
  describe.set_collection(v1::COLLECTION_ACHIEVEMENTS);
  query.AddTo(describe.mutable_terms());
  *describe.mutable_principal() = caller_;
  describe.add_names("achievements/a1");
  ASSERT_OK_AND_ASSIGN(const auto described, peers.describe_records(Call(), describe));
  const TextScorer texts(query, *testing::ShippedModel());
  ASSERT_OK_AND_ASSIGN(const TextEvidence evidence, texts.Of(described.candidates(0)));
  const TextParts& raw = evidence.raw;
  FeatureValues values{};
  std::copy(raw.begin(), raw.end(), values.begin());
  const ScoredFeatures scored = testing::ShippedModel()->Score(values);
  double total = 0;
  for (const v1::MatchedTerm& term : MatchedTerms(texts).Of(described.candidates(0), scored, kMaxBagTerms)) {
    EXPECT_GT(term.share(), 0) << term.term();
    total += term.share();
  }
  EXPECT_NEAR(total, 1, 1e-12);
}

TEST_F(MatcherTest, SynonymsMeetAndAreNamed) {
  const auto& synonyms = testing::SharedTestAnalyzer()->SynonymsOf("催化剂");
  ASSERT_FALSE(synonyms.empty());
  memory_.AddNeed("n2", "脱硝催化剂", "");
  memory_.AddAchievement("a4", "脱硝" + synonyms.front(), "");
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(Named("needs/n2")));
  ASSERT_EQ(AchievementsOf(response).front(), "achievements/a4");
  std::string met_as;
  for (const auto& term : response.results(0).explanation().terms()) {
    if (term.term() == "催化剂") met_as = term.met_as();
  }
  EXPECT_EQ(met_as, synonyms.front());
}

TEST_F(MatcherTest, ViolationsRankLastOrGoOrStay) {
  memory_.need("n1").set_min_maturity_level(7);
  memory_.achievement("a1").set_maturity_level(3);
  v1::MatchNeedRequest request = Named("needs/n1");
  ASSERT_OK_AND_ASSIGN(const auto last, MatchNeed(request));
  EXPECT_THAT(AchievementsOf(last), ElementsAre("achievements/a3", "achievements/a1"));
  EXPECT_FALSE(last.results(1).eligible());
  request.mutable_parameters()->set_violation_policy(v1::VIOLATION_POLICY_DROP);
  ASSERT_OK_AND_ASSIGN(const auto dropped, MatchNeed(request));
  EXPECT_THAT(AchievementsOf(dropped), ElementsAre("achievements/a3"));
  request.mutable_parameters()->set_violation_policy(v1::VIOLATION_POLICY_IGNORE);
  ASSERT_OK_AND_ASSIGN(const auto ignored, MatchNeed(request));
  EXPECT_THAT(AchievementsOf(ignored), ElementsAre("achievements/a1", "achievements/a3"));
}

TEST_F(MatcherTest, OnlyBeijingAndTianjinToHebeiWhenAsked) {
  memory_.need("n1").set_region_code("130100");
  memory_.achievement("a1").set_region_code("130200");
  memory_.achievement("a3").set_region_code("120101");
  v1::MatchNeedRequest request = Named("needs/n1");
  request.mutable_parameters()->set_only_jing_jin_to_ji(true);
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(request));
  EXPECT_THAT(AchievementsOf(response), ElementsAre("achievements/a3"));
  memory_.need("n1").set_region_code("110101");
  ASSERT_OK_AND_ASSIGN(const auto none, MatchNeed(request));
  EXPECT_EQ(none.results_size(), 0);
}

TEST_F(MatcherTest, TieBreaksByNameWhateverTheOrderOfCandidates) {
  for (const char* id : {"t3", "t1", "t2"}) memory_.AddAchievement(id, "石墨烯导电浆料制备技术", "同文");
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(Named("needs/n1")));
  std::vector<std::string> same;
  for (const std::string& name : AchievementsOf(response)) {
    if (name.starts_with("achievements/t")) same.push_back(name);
  }
  EXPECT_THAT(same, ElementsAre("achievements/t1", "achievements/t2", "achievements/t3"));
}

TEST_F(MatcherTest, ARecordThatTheCallerMayNotSeeDoesNotExist) {
  memory_.need("n1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  EXPECT_THAT(MatchNeed(Named("needs/n1")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
  EXPECT_THAT(MatchNeed(Named("needs/none")), StatusIs(StatusCode::kNotFound, "RECORD_NOT_FOUND"));
}

TEST_F(MatcherTest, NothingOfAnAnonymousNeedsOwnerReachesAnExplanation) {
  v1::Need& need = memory_.need("n1");
  need.set_tier(v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  need.set_enterprise_name("石家庄泰和浆料厂");
  need.set_enterprise("enterprises/secret");
  need.set_decision_owner("王某某");
  memory_.AddAchievement("a5", "泰和浆料厂导电浆料", "王某某");
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(Named("needs/n1")));
  for (const v1::MatchResult& result : response.results()) {
    EXPECT_THAT(result.explanation().ShortDebugString(), ::testing::Not(::testing::HasSubstr("secret")));
    for (const auto& term : result.explanation().terms()) {
      EXPECT_THAT(term.term(), ::testing::Not(::testing::HasSubstr("泰和")));
    }
  }
}

TEST_F(MatcherTest, FitsOfAnAnonymousNeedQuoteOnlyItsOpenTexts) {
  memory_.AddNeed("n3", "石墨烯导电浆料", "要求石墨烯浆料固含量不低于5%。");
  v1::Need& need = memory_.need("n3");
  need.set_tier(v1::CONFIDENTIALITY_TIER_ANONYMOUS);
  need.set_enterprise_name("要求石家庄泰和厂浆料黏度不高于1000mPa·s");
  need.set_decision_owner("要求王某某固含量不低于9%");
  need.set_tried("要求泰和路线的固含量不低于7%");
  need.set_must_not("要求泰和专利的固含量不低于8%");
  need.set_site_constraints("要求泰和厂房的浆料温度不高于30℃");
  need.set_quantity("要求泰和一厂用量不低于100吨");
  need.mutable_import_substitution()->set_product("浆料");
  need.mutable_import_substitution()->set_maker("要求泰和进口的黏度不高于900mPa·s");
  memory_.achievement("a1").set_summary("石墨烯浆料固含量达到6%，黏度800mPa·s，温度25℃。");
  ASSERT_OK_AND_ASSIGN(const auto forward, MatchNeed(Named("needs/n3")));
  const Matcher matcher = MakeMatcher();
  const Peers peers = memory_.peers();
  v1::MatchAchievementRequest request;
  request.set_name("achievements/a1");
  ASSERT_OK_AND_ASSIGN(const auto backward,
                       MatchRecords(matcher, peers, clock_).MatchAchievement(Call(), request));
  ASSERT_GE(forward.results_size(), 1);
  EXPECT_EQ(forward.results(0).explanation().fit().rows_size(), 1);
  EXPECT_EQ(forward.results(0).explanation().fit().satisfied(), 1);
  ASSERT_GE(backward.results_size(), 1);
  for (const v1::MatchResult& result : forward.results()) {
    EXPECT_THAT(result.explanation().DebugString(), ::testing::Not(::testing::HasSubstr("泰和")));
  }
  for (const v1::MatchResult& result : backward.results()) {
    EXPECT_EQ(result.explanation().fit().rows_size(), result.need() == "needs/n3" ? 1 : 0);
    EXPECT_THAT(result.explanation().fit().ShortDebugString(),
                ::testing::Not(::testing::HasSubstr("王某某")));
  }
}

TEST_F(MatcherTest, WhatIsKeptForStaffReachesNoFit) {
  memory_.AddNeed("n3", "石墨烯导电浆料", "要求石墨烯浆料固含量不低于5%。");
  memory_.AddNeed("n4", "石墨烯导电浆料二", "要求石墨烯浆料固含量不低于5%。");
  memory_.need("n4").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  memory_.achievement("a1").set_summary("石墨烯浆料固含量达到6%。");
  Peers peers = memory_.peers();
  // The index still lists a record whose tier has just changed.
  peers.find_candidates = [this, find = peers.find_candidates](const auto& call, const auto& request) {
    memory_.need("n4").set_tier(v1::CONFIDENTIALITY_TIER_PUBLIC);
    auto found = find(call, request);
    memory_.need("n4").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
    return found;
  };
  const Matcher matcher(testing::SharedKnowledge(), testing::ShippedModels(), peers);
  v1::MatchAchievementRequest request;
  request.set_name("achievements/a1");
  ASSERT_OK_AND_ASSIGN(const auto response,
                       MatchRecords(matcher, peers, clock_).MatchAchievement(Call(), request));
  bool met = false;
  for (const v1::MatchResult& result : response.results()) {
    met = met || result.need() == "needs/n4";
    EXPECT_EQ(result.explanation().fit().rows_size(), result.need() == "needs/n3" ? 1 : 0) << result.need();
  }
  EXPECT_TRUE(met);
}

TEST_F(MatcherTest, AFigureDecidesBetweenEqualTextsAndTheScoreStaysExact) {
  memory_.AddNeed("n3", "石墨烯导电浆料", "要求石墨烯浆料固含量不低于5%。");
  memory_.AddAchievement("b1", "石墨烯导电浆料制备", "石墨烯浆料固含量3%。");
  memory_.AddAchievement("b2", "石墨烯导电浆料制备", "石墨烯浆料固含量6%。");
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(Named("needs/n3")));
  const std::vector<std::string> order = AchievementsOf(response);
  const auto place = [&](const char* name) {
    return std::find(order.begin(), order.end(), name) - order.begin();
  };
  EXPECT_LT(place("achievements/b2"), place("achievements/b1"));
  for (const v1::MatchResult& result : response.results()) {
    int64_t sum = 0;
    for (const auto& feature : result.explanation().features()) {
      sum += std::llround(feature.contribution() * kScoreUnit);
      EXPECT_EQ(feature.contribution() < 0, feature.feature() == "indicators_missed" && feature.value() > 0);
    }
    EXPECT_EQ(sum, std::llround(result.score() * kScoreUnit));
    EXPECT_EQ(result.explanation().fit().rows_size(), 1) << result.achievement();
    EXPECT_GE(result.explanation().next_actions_size(), 1) << result.achievement();
  }
  EXPECT_THAT(response.results(0).explanation().summary(), ::testing::HasSubstr("1项指标："));
}

TEST_F(MatcherTest, ScoredPairsAreJudgedAlsoWithoutReasons) {
  memory_.AddNeed("n3", "石墨烯导电浆料", "要求石墨烯浆料固含量不低于5%。");
  memory_.AddAchievement("b1", "石墨烯导电浆料制备", "石墨烯浆料固含量3%。");
  memory_.AddAchievement("b2", "石墨烯导电浆料制备", "石墨烯浆料固含量6%。");
  const Matcher matcher = MakeMatcher();
  const Peers peers = memory_.peers();
  v1::ScorePairsRequest request;
  request.set_need("needs/n3");
  request.add_achievements("achievements/b1");
  request.add_achievements("achievements/b2");
  ASSERT_OK_AND_ASSIGN(const auto explained,
                       MatchRecords(matcher, peers, clock_).ScorePairs(Call(), request));
  request.set_scores_only(true);
  ASSERT_OK_AND_ASSIGN(const auto bare, MatchRecords(matcher, peers, clock_).ScorePairs(Call(), request));
  ASSERT_EQ(explained.results_size(), 2);
  ASSERT_EQ(bare.results_size(), 2);
  EXPECT_EQ(explained.results(0).achievement(), "achievements/b2");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(explained.results(i).score(), bare.results(i).score());
    EXPECT_EQ(explained.results(i).explanation().fit().rows_size(), 1);
    EXPECT_FALSE(bare.results(i).has_explanation());
  }
}

TEST_F(MatcherTest, AnInlineNeedHasNoName) {
  v1::MatchNeedRequest request;
  request.mutable_need()->set_title("污水脱氮除磷");
  request.mutable_need()->set_name("needs/n1");
  ASSERT_OK_AND_ASSIGN(const auto response, MatchNeed(request));
  ASSERT_EQ(AchievementsOf(response).front(), "achievements/a2");
  EXPECT_EQ(response.results(0).need(), "");
  request.mutable_need()->clear_title();
  EXPECT_THAT(MatchNeed(request), StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

TEST_F(MatcherTest, FindsNeedsForAnAchievement) {
  memory_.AddNeed("n2", "污水提标改造", "脱氮除磷");
  const Matcher matcher = MakeMatcher();
  const Peers peers = memory_.peers();
  v1::MatchAchievementRequest request;
  request.set_name("achievements/a2");
  ASSERT_OK_AND_ASSIGN(const auto response,
                       MatchRecords(matcher, peers, clock_).MatchAchievement(Call(), request));
  ASSERT_GE(response.results_size(), 1);
  EXPECT_EQ(response.results(0).need(), "needs/n2");
  EXPECT_EQ(response.results(0).achievement(), "achievements/a2");
}

TEST_F(MatcherTest, ScoresGivenPairsAndNamesTheMissing) {
  const Matcher matcher = MakeMatcher();
  const Peers peers = memory_.peers();
  v1::ScorePairsRequest request;
  request.set_need("needs/n1");
  for (const char* name : {"achievements/a2", "achievements/zz", "achievements/a1"})
    request.add_achievements(name);
  request.set_scores_only(true);
  ASSERT_OK_AND_ASSIGN(const auto response, MatchRecords(matcher, peers, clock_).ScorePairs(Call(), request));
  ASSERT_EQ(response.results_size(), 2);
  EXPECT_EQ(response.results(0).achievement(), "achievements/a1");
  EXPECT_FALSE(response.results(0).has_explanation());
  EXPECT_THAT(response.missing_names(), ElementsAre("achievements/zz"));
}

TEST_F(MatcherTest, RefusesParametersOutOfRange) {
  v1::MatchNeedRequest request = Named("needs/n1");
  request.mutable_parameters()->set_top_k(1001);
  request.mutable_parameters()->set_min_score(1.5);
  request.mutable_parameters()->set_as_of("2026-02-30");
  request.mutable_parameters()->set_model_version("none");
  const auto response = MatchNeed(request);
  ASSERT_THAT(response, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(ViolationsOf(response.status()).size(), 4U);
}

}  // namespace
}  // namespace duijie::matching
