// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/reasons/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/text/encoding.h"

namespace duijie::push {
namespace {

v1::Need Need() {
  v1::Need need;
  need.set_title("换热器防腐");
  need.set_description("换热器在循环水中腐蚀严重。希望涂层附着力不低于5 MPa！");
  return need;
}

v1::Achievement Achievement() {
  v1::Achievement achievement;
  achievement.set_title("石墨烯重防腐涂料");
  achievement.set_summary("本成果为重防腐涂料。涂层在循环水中腐蚀速率低，附着力达到12 MPa。已用于三家企业。");
  return achievement;
}

v1::MatchExplanation Shares(const std::string& term, const std::string& met_as = "") {
  v1::MatchExplanation explanation;
  explanation.add_terms()->set_term(term);
  explanation.mutable_terms(0)->set_met_as(met_as);
  return explanation;
}

TEST(SentenceWithTest, GivesTheSentenceThatHoldsTheWord) {
  EXPECT_EQ(SentenceWith("甲。乙用于丙；丁。", "用于"), "乙用于丙；");
  EXPECT_EQ(SentenceWith("甲。乙用于丙；丁。", "丁"), "丁。");
  EXPECT_EQ(SentenceWith(" 用于 \n丁", "用于"), "用于");
  EXPECT_EQ(SentenceWith("used for PVDF film", "pvdf"), "used for PVDF film");
  EXPECT_EQ(SentenceWith("甲。乙", "丙"), "");
  EXPECT_EQ(SentenceWith("", "丙"), "");
  EXPECT_EQ(SentenceWith("甲", ""), "");
}

TEST(SentenceWithTest, CutsLongSentencesAroundTheWordAndStaysWellFormed) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "长";
  text += "关键";
  for (int i = 0; i < 500; ++i) text += "尾";
  const std::string_view quote = SentenceWith(text, "关键");
  EXPECT_NE(quote.find("关键"), std::string_view::npos);
  EXPECT_EQ(CountCodePoints(quote), kMaxCitedQuoteCodePoints);
  EXPECT_EQ(quote.substr(0, 3), "长");
  EXPECT_NE(text.find(quote), std::string::npos);
}

TEST(ReasonsTest, CitesTheSentencesOfBothSidesThatHoldASharedTerm) {
  const v1::PushReasons reasons = ReasonsFor(Need(), Achievement(), Shares("循环水"), MatchSource::kTaker);
  ASSERT_EQ(reasons.need_fields_size(), 1);
  EXPECT_EQ(reasons.need_fields(0).field(), "description");
  EXPECT_EQ(reasons.need_fields(0).quote(), "换热器在循环水中腐蚀严重。");
  ASSERT_EQ(reasons.achievement_sentences_size(), 1);
  EXPECT_EQ(reasons.achievement_sentences(0).field(), "summary");
  EXPECT_EQ(reasons.achievement_sentences(0).quote(), "涂层在循环水中腐蚀速率低，附着力达到12 MPa。");
}

TEST(ReasonsTest, TakesEachSidesOwnWordAfterTheDirectionOfTheMatch) {
  v1::Need need;
  need.set_title("丝网断裂");
  v1::Achievement achievement;
  achievement.set_title("一种装置");
  achievement.set_summary("用于金属筛网。");
  const auto of = [&](const v1::MatchExplanation& explanation, MatchSource source) {
    const v1::PushReasons reasons = ReasonsFor(need, achievement, explanation, source);
    return reasons.need_fields(0).quote() + "|" + reasons.achievement_sentences(0).quote();
  };
  EXPECT_EQ(of(Shares("丝网", "金属筛网"), MatchSource::kTaker), "丝网断裂|用于金属筛网。");
  EXPECT_EQ(of(Shares("金属筛网", "丝网"), MatchSource::kAchievement), "丝网断裂|用于金属筛网。");
}

TEST(ReasonsTest, FiguresThatWereComparedComeFirst) {
  v1::MatchExplanation explanation = Shares("循环水");
  v1::FitRow* const row = explanation.mutable_fit()->add_rows();
  row->set_verdict(v1::VERDICT_SATISFIED);
  row->set_demand_quote("希望涂层附着力不低于5 MPa！");
  row->set_stated_quote("附着力达到12 MPa");
  const v1::PushReasons reasons = ReasonsFor(Need(), Achievement(), explanation, MatchSource::kTaker);
  EXPECT_EQ(reasons.need_fields(0).quote(), "希望涂层附着力不低于5 MPa！");
  EXPECT_EQ(reasons.achievement_sentences(0).quote(), "涂层在循环水中腐蚀速率低，附着力达到12 MPa。");
  EXPECT_EQ(reasons.fit_rows_size(), 1);
}

TEST(ReasonsTest, NothingIsCitedTwiceAndNotMoreThanTheLimit) {
  v1::Need need;
  need.set_title("题");
  need.set_description("甲乙。丙丁。戊己。庚辛。");
  v1::MatchExplanation explanation;
  for (const char* term : {"甲乙", "甲", "丙丁", "丙丁", "戊己", "庚辛"})
    explanation.add_terms()->set_term(term);
  v1::Achievement achievement;
  achievement.set_title("甲乙丙丁");
  const v1::PushReasons reasons = ReasonsFor(need, achievement, explanation, MatchSource::kTaker);
  ASSERT_EQ(static_cast<size_t>(reasons.need_fields_size()), kMaxCited);
  EXPECT_EQ(reasons.need_fields(0).quote(), "甲乙。");
  EXPECT_EQ(reasons.need_fields(1).quote(), "丙丁。");
  EXPECT_EQ(reasons.need_fields(2).quote(), "戊己。");
  EXPECT_EQ(reasons.achievement_sentences_size(), 1);
}

TEST(ReasonsTest, WithoutASharedWordNoSentenceIsCited) {
  EXPECT_EQ(ReasonsFor(Need(), Achievement(), v1::MatchExplanation(), MatchSource::kTaker)
                .achievement_sentences_size(),
            0);
}

TEST(ReasonsTest, AnEnterpriseIsCitedByItsProducts) {
  v1::Enterprise enterprise;
  enterprise.set_title("某公司");
  enterprise.add_products("防腐涂料");
  const v1::PushReasons reasons =
      ReasonsFor(enterprise, Achievement(), Shares("防腐涂料"), MatchSource::kTaker);
  ASSERT_EQ(reasons.enterprise_fields_size(), 1);
  EXPECT_EQ(reasons.enterprise_fields(0).field(), "products");
  EXPECT_EQ(reasons.enterprise_fields(0).quote(), "防腐涂料");
  EXPECT_EQ(reasons.need_fields_size(), 0);
  EXPECT_EQ(reasons.achievement_sentences(0).quote(), "本成果为重防腐涂料。");
}

}  // namespace
}  // namespace duijie::push
