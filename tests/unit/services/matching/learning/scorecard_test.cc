// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/scorecard.h"

#include <gmock/gmock.h>

#include "tests/unit/services/matching/learning/learning_fixtures.h"

namespace duijie::matching {
namespace {

using testing::Decide;
using ::testing::ElementsAre;
using testing::Grade;

v1::Judgement With(v1::Judgement judgement, double probability, const std::string& version = "") {
  judgement.set_probability_shown(probability);
  judgement.set_model_version(version);
  return judgement;
}

TEST(QuarterTest, BeginsAtMidnightInChina) {
  const auto fourth = ParseQuarter("2026Q4");
  ASSERT_TRUE(fourth.has_value());
  EXPECT_EQ(fourth->begin, 1'790'784'000 * kMicrosPerSecond);  // 2026-09-30T16:00:00Z
  EXPECT_EQ(fourth->end, 1'798'732'800 * kMicrosPerSecond);    // 2026-12-31T16:00:00Z
  const auto first = ParseQuarter("2027Q1");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->begin, fourth->end);
  EXPECT_EQ(first->end, ParseQuarter("2027Q2")->begin);
}

TEST(QuarterTest, RefusesWhatIsNoQuarter) {
  for (const char* text :
       {"", "2026", "2026Q0", "2026Q5", "2026q4", "1999Q4", "20264Q", "2026Q44", "a026Q1", "2O26Q1"}) {
    EXPECT_FALSE(ParseQuarter(text).has_value()) << text;
  }
}

// By the formula, with z = 1.959964: 8 of 10.
TEST(WilsonTest, MatchesTheFormulaByHand) {
  const Interval eight = WilsonInterval(8, 10);
  EXPECT_NEAR(eight.low, 0.490162, 1e-6);
  EXPECT_NEAR(eight.high, 0.943318, 1e-6);
  const Interval none = WilsonInterval(0, 10);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.277533, 1e-6);
  const Interval all = WilsonInterval(1, 1);
  EXPECT_NEAR(all.low, 0.206549, 1e-6);
  EXPECT_EQ(all.high, 1);
}

TEST(ScorecardTest, FiguresByHand) {
  ScorecardTally tally;
  tally.Add(With(Decide("n1", "a1"), 0.85, "v2"));                              // (0.15)² = 0.0225
  tally.Add(With(Decide("n1", "a2", v1::DECLINE_REASON_PRICE), 0.8, "v1"));     // 0.64
  tally.Add(With(Grade("n1", "a3", v1::MATCH_LEVEL_FAIR), 0.82, "v2"));         // 0.0324
  tally.Add(With(Grade("n1", "a4", v1::MATCH_LEVEL_WEAK), 0.1));                // 0.01
  tally.Add(Decide("n1", "a5", v1::DECLINE_REASON_PRICE));                      // no prediction
  tally.Add(With(Decide("n1", "a6", v1::DECLINE_REASON_UNCLEAR), 0.99, "v9"));  // says nothing
  const v1::GetScorecardResponse card = tally.Finish();
  EXPECT_EQ(card.judgements(), 4);
  EXPECT_EQ(card.without_prediction(), 1);
  EXPECT_NEAR(card.brier_score(), (0.0225 + 0.64 + 0.0324 + 0.01) / 4, 1e-12);
  EXPECT_THAT(card.model_versions(), ElementsAre("v1", "v2"));
  ASSERT_EQ(card.bins_size(), 10);
  const v1::ScorecardBin& eighth = card.bins(8);
  EXPECT_EQ(eighth.judgements(), 3);
  EXPECT_EQ(eighth.accepted(), 2);
  EXPECT_NEAR(eighth.mean_predicted(), (0.85 + 0.8 + 0.82) / 3, 1e-12);
  EXPECT_NEAR(eighth.observed(), 2.0 / 3, 1e-12);
  EXPECT_NEAR(eighth.observed_low(), 0.207660, 1e-6);
  EXPECT_NEAR(eighth.observed_high(), 0.938508, 1e-6);
  EXPECT_EQ(card.bins(1).judgements(), 1);
  EXPECT_EQ(card.bins(9).judgements(), 0);
  EXPECT_EQ(card.declined_by_reason().at(v1::DECLINE_REASON_PRICE), 2);
  EXPECT_EQ(card.declined_by_reason().at(v1::DECLINE_REASON_UNCLEAR), 1);
  EXPECT_EQ(card.declined_by_reason().size(), 2u);
}

TEST(ScorecardTest, LowerEndsBelongToTheirIntervalsAndOneToTheLast) {
  ScorecardTally tally;
  for (int i = 0; i <= 10; ++i) tally.Add(With(Decide("n1", "a1"), i / 10.0));
  const v1::GetScorecardResponse card = tally.Finish();
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(card.bins(i).judgements(), i == 9 ? 2 : 1) << i;
    EXPECT_DOUBLE_EQ(card.bins(i).probability_from(), i / 10.0);
    EXPECT_DOUBLE_EQ(card.bins(i).probability_to(), (i + 1) / 10.0);
  }
}

// A decision outweighs a grade that stands beside it.
TEST(ScorecardTest, DecisionComesBeforeTheGrade) {
  v1::Judgement declined = Decide("n1", "a1", v1::DECLINE_REASON_TERMS);
  declined.set_level(v1::MATCH_LEVEL_STRONG);
  v1::Judgement accepted = Decide("n1", "a2");
  accepted.set_level(v1::MATCH_LEVEL_NONE);
  ScorecardTally tally;
  tally.Add(With(declined, 0.55));
  tally.Add(With(accepted, 0.05));
  const v1::GetScorecardResponse card = tally.Finish();
  EXPECT_EQ(card.bins(5).accepted(), 0);
  EXPECT_EQ(card.bins(0).accepted(), 1);
}

TEST(ScorecardTest, NothingCountedIsZeros) {
  const v1::GetScorecardResponse card = ScorecardTally().Finish();
  EXPECT_EQ(card.bins_size(), 10);
  EXPECT_EQ(card.judgements(), 0);
  EXPECT_EQ(card.brier_score(), 0);
}

}  // namespace
}  // namespace duijie::matching
