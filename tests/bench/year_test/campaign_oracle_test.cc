// SPDX-License-Identifier: GPL-3.0-or-later
// The oracle of campaigns finds every breach of a rule that it is shown.
#include "tests/bench/year/campaign_oracle.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/bench/year/stage.h"

namespace duijie::bench {
namespace {

constexpr char kQuotas[] = "a campaign keeps its quotas: per enterprise, per park, in all";
constexpr char kRule[] = "a campaign lists only what its rule allows, the best first";
constexpr char kBonus[] = "the bonus is for awards and programmes, within its bound, and disclosed";
constexpr char kSameList[] = "a preview of the same snapshot gives the same list";
constexpr char kOnlyApproved[] = "a campaign pushes what stood on the approved list, each line once";
constexpr char kNotBefore[] = "a campaign pushes nothing before its approval";
constexpr char kAnswered[] = "an approved line is pushed, or kept back by a rule that holds";

// Enterprises 1 to 9 lie in the park of their number, the others in park 0; all in Hebei. Achievements from
// 50 on have an award, those from 90 on are from elsewhere. Needs are about field 40108.
class MadeUpTexts final : public RecordTexts {
 public:
  std::vector<std::string> Of(const std::string& record, const std::string& field) const override {
    const int number = std::stoi(record.substr(record.find('/') + 1));
    const bool achievement = record.starts_with("achievements/");
    if (field == "park_code") return {"park" + std::to_string(number < 10 ? number : 0)};
    if (field == "region_code") return {achievement && number < 90 ? "110108" : "130100"};
    if (field == "award" && number >= 50) return {"样例一等奖"};
    if (field == "field_codes") return {"60302；40108"};
    return {};
  }
  bool HasConsent(const std::string& need) const override { return need != "needs/7"; }
};

class CampaignOracleTest : public ::testing::Test {
 protected:
  CampaignOracleTest() {
    campaign_.set_name("campaigns/1");
    v1::CampaignRule& rule = *campaign_.mutable_rule();
    rule.set_max_per_enterprise(2);
    rule.set_max_per_park(3);
    rule.set_total_limit(4);
    rule.set_min_score(0.3);
    rule.set_min_level(v1::MATCH_LEVEL_FAIR);
    rule.set_only_jing_jin_to_ji(true);
    rule.set_bonus_share(0.05);
    rule.mutable_subject_filter()->add_field_codes("401");
    campaign_.mutable_preview()->set_digest("d");
  }

  static v1::PushRules Rules() {
    v1::PushRules rules;
    rules.set_pair_interval_days(180);
    rules.set_cap_pushes(2);
    rules.set_cap_days(30);
    return rules;
  }

  // One line more on the list, as the rule wants it.
  v1::CampaignLine& Line(int enterprise, int need, int achievement, double score) {
    v1::CampaignLine& line = lines_.emplace_back();
    line.set_name("campaignLines/" + std::to_string(lines_.size()));
    line.set_campaign(campaign_.name());
    line.set_state(v1::CAMPAIGN_LINE_STATE_PROPOSED);
    line.set_enterprise("enterprises/" + std::to_string(enterprise));
    line.set_need("needs/" + std::to_string(need));
    line.set_achievement("achievements/" + std::to_string(achievement));
    line.set_level(v1::MATCH_LEVEL_STRONG);
    line.set_score(score);
    if (achievement >= 50) {
      line.set_bonus(score * 0.05);
      line.mutable_reasons()->add_remarks("本成果为科技奖励成果（样例一等奖），排序时加分5%。");
    }
    line.set_total(line.score() + line.bonus());
    return line;
  }
  // What an approved list becomes: the first `pushed` lines are pushed at `day`.
  void Finish(size_t pushed, int day) {
    for (size_t i = 0; i < pushed; ++i) {
      v1::CampaignLine& line = lines_[i];
      line.set_state(v1::CAMPAIGN_LINE_STATE_PUSHED);
      line.set_push("pushes/" + std::to_string(i));
      v1::Push& push = pushes_.emplace_back();
      push.set_name(line.push());
      push.set_enterprise(line.enterprise());
      push.set_need(line.need());
      push.set_achievement(line.achievement());
      push.set_origin(v1::PUSH_ORIGIN_CAMPAIGN);
      push.set_campaign(campaign_.name());
      push.set_score(line.score());
      *push.mutable_reasons() = line.reasons();
      *push.mutable_create_time() = TimestampOf(TimeOf(day, 8));
    }
    campaign_.set_pushed(static_cast<int32_t>(pushed));
  }
  void ApproveOn(int day) { oracle_.Approve(campaign_, lines_, TimeOf(day, 8)); }
  void KeepBack(v1::CampaignLine* line, v1::CampaignLineRule rule, int day) {
    line->set_state(v1::CAMPAIGN_LINE_STATE_KEPT_BACK);
    line->set_rule(rule);
    *line->mutable_update_time() = TimestampOf(TimeOf(day, 8));
  }

  std::string Broken() {
    oracle_.Finish(campaign_, lines_);
    for (const v1::Push& push : pushes_) oracle_.Judge(push);
    oracle_.Close();
    return BrokenSoFar();
  }
  std::string BrokenSoFar() const {
    std::string broken;
    for (const RuleFinding& finding : all_.findings()) {
      if (finding.broken > 0) broken += (broken.empty() ? "" : " | ") + finding.rule;
    }
    return broken;
  }
  std::string BrokenByList() {
    oracle_.See(campaign_, lines_);
    return BrokenSoFar();
  }

  const MadeUpTexts texts_;
  Oracle all_{texts_, Rules()};
  CampaignOracle oracle_{all_};
  v1::Campaign campaign_;
  CampaignLines lines_;
  std::vector<v1::Push> pushes_;
};

TEST_F(CampaignOracleTest, WhatIsRightBreaksNothing) {
  Line(1, 1, 50, 0.9);
  Line(1, 2, 3, 0.8);
  Line(2, 3, 4, 0.7);
  Line(3, 4, 5, 0.6);
  oracle_.See(campaign_, lines_);
  oracle_.SeeAgain(campaign_, lines_, campaign_, lines_);
  ApproveOn(10);
  Finish(3, 10);
  all_.OptOut("enterprises/3", TimeOf(9, 0));
  KeepBack(&lines_[3], v1::CAMPAIGN_LINE_RULE_NO_CONSENT, 10);
  EXPECT_EQ(Broken(), "");
}

TEST_F(CampaignOracleTest, MoreThanTheQuotaOfAnEnterprise) {
  for (int i = 0; i < 3; ++i) Line(1, i, 3, 0.8);
  EXPECT_EQ(BrokenByList(), kQuotas);
}

TEST_F(CampaignOracleTest, MoreThanTheQuotaOfAPark) {
  for (int i = 0; i < 4; ++i) Line(10 + i, i, 3, 0.8);
  EXPECT_EQ(BrokenByList(), kQuotas);
}

TEST_F(CampaignOracleTest, MoreThanInAll) {
  for (int i = 1; i <= 5; ++i) Line(i, i, 3, 0.8);
  EXPECT_EQ(BrokenByList(), kQuotas);
}

TEST_F(CampaignOracleTest, QuotasHoldForWhatIsPushedToo) {
  campaign_.mutable_rule()->set_max_per_enterprise(3);
  for (int i = 0; i < 3; ++i) Line(1, i, 3, 0.8);
  campaign_.mutable_rule()->set_max_per_enterprise(2);
  ApproveOn(10);
  Finish(3, 10);
  EXPECT_EQ(Broken(), kQuotas);
}

TEST_F(CampaignOracleTest, WhatTheRuleDoesNotAllow) {
  const std::vector<std::function<void(v1::CampaignLine&)>> breaches = {
      [](auto& line) {
        line.set_score(0.29);
        line.set_total(0.29);
      },
      [](auto& line) { line.set_level(v1::MATCH_LEVEL_WEAK); },
      [](auto& line) { line.set_achievement("achievements/90"); }, [](auto& line) { line.clear_need(); }};
  for (const auto& breach : breaches) {
    Oracle all(texts_, Rules());
    CampaignOracle oracle(all);
    lines_.clear();
    campaign_.mutable_rule()->set_bonus_share(0);
    breach(Line(1, 1, 3, 0.5));
    oracle.See(campaign_, lines_);
    for (const RuleFinding& finding : all.findings()) EXPECT_EQ(finding.broken > 0, finding.rule == kRule);
  }
}

TEST_F(CampaignOracleTest, AParkThatWasNotAskedFor) {
  campaign_.mutable_rule()->mutable_subject_filter()->add_park_codes("park2");
  Line(1, 1, 3, 0.5);
  EXPECT_EQ(BrokenByList(), kRule);
}

TEST_F(CampaignOracleTest, AFieldThatWasNotAskedFor) {
  campaign_.mutable_rule()->mutable_subject_filter()->set_field_codes(0, "302");
  Line(1, 1, 3, 0.5);
  EXPECT_EQ(BrokenByList(), kRule);
}

TEST_F(CampaignOracleTest, AWorseLineFirst) {
  Line(1, 1, 3, 0.5);
  Line(2, 2, 3, 0.6);
  EXPECT_EQ(BrokenByList(), kRule);
}

TEST_F(CampaignOracleTest, ABonusBeyondItsBound) {
  v1::CampaignLine& line = Line(1, 1, 50, 0.5);
  line.set_bonus(0.05);
  line.set_total(0.55);
  EXPECT_EQ(BrokenByList(), kBonus);
}

TEST_F(CampaignOracleTest, ABonusBeyondWhatAnyRuleMaySet) {
  campaign_.mutable_rule()->set_bonus_share(0.2);
  v1::CampaignLine& line = Line(1, 1, 50, 0.5);
  line.set_bonus(0.1);
  line.set_total(0.6);
  line.mutable_reasons()->set_remarks(0, "样例一等奖，加分20%");
  EXPECT_EQ(BrokenByList(), kBonus);
}

TEST_F(CampaignOracleTest, ABonusForNothing) {
  v1::CampaignLine& line = Line(1, 1, 3, 0.5);
  line.set_bonus(0.025);
  line.set_total(0.525);
  EXPECT_EQ(BrokenByList(), kBonus);
}

TEST_F(CampaignOracleTest, ABonusThatIsNotDisclosed) {
  Line(1, 1, 50, 0.5).mutable_reasons()->clear_remarks();
  EXPECT_EQ(BrokenByList(), kBonus);
}

TEST_F(CampaignOracleTest, ADisclosureOfWhatThereIsNot) {
  Line(1, 1, 3, 0.5).mutable_reasons()->add_remarks("加分5%");
  EXPECT_EQ(BrokenByList(), kBonus);
}

TEST_F(CampaignOracleTest, AnotherListOfTheSameSnapshot) {
  Line(1, 1, 3, 0.5);
  const CampaignLines before = lines_;
  lines_[0].set_probability(0.7);
  oracle_.SeeAgain(campaign_, before, campaign_, lines_);
  EXPECT_EQ(BrokenSoFar(), kSameList);
}

TEST_F(CampaignOracleTest, AnotherDigestOfTheSameList) {
  v1::Campaign again = campaign_;
  again.mutable_preview()->set_digest("e");
  oracle_.SeeAgain(campaign_, lines_, again, lines_);
  EXPECT_EQ(BrokenSoFar(), kSameList);
}

TEST_F(CampaignOracleTest, ALineThatWasTakenOffIsPushed) {
  Line(1, 1, 3, 0.5);
  lines_[0].set_state(v1::CAMPAIGN_LINE_STATE_DROPPED);
  ApproveOn(10);
  Finish(1, 10);
  EXPECT_EQ(Broken(), kOnlyApproved);
}

TEST_F(CampaignOracleTest, APushWithOtherReasonsThanWereApproved) {
  Line(1, 1, 3, 0.5);
  ApproveOn(10);
  Finish(1, 10);
  pushes_[0].mutable_reasons()->add_remarks("另一个理由");
  EXPECT_EQ(Broken(), kOnlyApproved);
}

TEST_F(CampaignOracleTest, ALinePushedTwice) {
  Line(1, 1, 3, 0.5);
  ApproveOn(10);
  Finish(1, 10);
  pushes_.push_back(pushes_[0]);
  EXPECT_EQ(Broken(), kOnlyApproved);
}

TEST_F(CampaignOracleTest, APushThatDoesNotExist) {
  Line(1, 1, 3, 0.5);
  ApproveOn(10);
  Finish(1, 10);
  pushes_.clear();
  EXPECT_EQ(Broken(), kOnlyApproved);
}

TEST_F(CampaignOracleTest, PushedBeforeApproval) {
  Line(1, 1, 3, 0.5);
  ApproveOn(10);
  Finish(1, 9);
  EXPECT_EQ(Broken(), kNotBefore);
}

TEST_F(CampaignOracleTest, PushedWithoutApproval) {
  v1::Push& push = pushes_.emplace_back();
  push.set_name("pushes/1");
  push.set_enterprise("enterprises/1");
  push.set_campaign("campaigns/2");
  push.set_origin(v1::PUSH_ORIGIN_CAMPAIGN);
  EXPECT_EQ(Broken(), kNotBefore);
}

TEST_F(CampaignOracleTest, AnApprovedLineWithoutAnAnswer) {
  Line(1, 1, 3, 0.5);
  Line(2, 2, 3, 0.4);
  ApproveOn(10);
  Finish(1, 10);
  EXPECT_EQ(Broken(), kAnswered);
}

TEST_F(CampaignOracleTest, KeptBackWithoutACause) {
  for (const v1::CampaignLineRule rule :
       {v1::CAMPAIGN_LINE_RULE_NO_CONSENT, v1::CAMPAIGN_LINE_RULE_PUSHED_BEFORE,
        v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP, v1::CAMPAIGN_LINE_RULE_NOT_CITABLE}) {
    Oracle all(texts_, Rules());
    CampaignOracle oracle(all);
    lines_.clear();
    v1::CampaignLine& line = Line(1, 1, 3, 0.5);
    oracle.Approve(campaign_, lines_, TimeOf(10, 8));
    KeepBack(&line, rule, 10);
    oracle.Finish(campaign_, lines_);
    v1::Push late;  // of a day on which it could not count any more
    late.set_enterprise(line.enterprise());
    late.set_need(line.need());
    late.set_achievement(line.achievement());
    *late.mutable_create_time() = TimestampOf(TimeOf(11, 8));
    oracle.Judge(late);
    oracle.Close();
    for (const RuleFinding& finding : all.findings()) {
      EXPECT_EQ(finding.broken > 0, finding.rule == kAnswered) << v1::CampaignLineRule_Name(rule);
    }
  }
}

TEST_F(CampaignOracleTest, KeptBackForWhatHolds) {
  Line(1, 1, 3, 0.8);
  Line(1, 2, 4, 0.7);
  Line(2, 7, 5, 0.6);
  ApproveOn(10);
  KeepBack(&lines_[0], v1::CAMPAIGN_LINE_RULE_PUSHED_BEFORE, 10);
  KeepBack(&lines_[1], v1::CAMPAIGN_LINE_RULE_ENTERPRISE_CAP, 10);
  KeepBack(&lines_[2], v1::CAMPAIGN_LINE_RULE_NO_CONSENT, 10);
  for (const int achievement : {3, 8}) {
    v1::Push& standing = pushes_.emplace_back();
    standing.set_name("pushes/s" + std::to_string(achievement));
    standing.set_enterprise("enterprises/1");
    standing.set_need("needs/1");
    standing.set_achievement("achievements/" + std::to_string(achievement));
    standing.set_origin(v1::PUSH_ORIGIN_STANDING);
    *standing.mutable_create_time() = TimestampOf(TimeOf(9, 8));
  }
  EXPECT_EQ(Broken(), "");
}

}  // namespace
}  // namespace duijie::bench
