// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/learning/training_rows.h"

#include <gtest/gtest.h>

#include <cmath>

#include "common/storage/memory_store.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/learning/learning_fixtures.h"
#include "tests/unit/services/matching/matching_fixtures.h"
#include "tests/unit/services/matching/memory_peers.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using testing::Decide;
using testing::Grade;

TEST(LevelOfTest, AGradeSpeaksBeforeADecision) {
  v1::Judgement judgement = Decide("n", "a", v1::DECLINE_REASON_PRICE);
  judgement.set_level(v1::MATCH_LEVEL_STRONG);
  EXPECT_EQ(LevelOf(judgement), 4);
  EXPECT_EQ(LevelOf(Decide("n", "a")), 3);
  EXPECT_EQ(LevelOf(Decide("n", "a", v1::DECLINE_REASON_OTHER_FIELD)), 1);
  EXPECT_EQ(LevelOf(Decide("n", "a", v1::DECLINE_REASON_INDICATORS)), 1);
}

TEST(LevelOfTest, ReasonsThatSayNothingOfTheFitAreNotLearnedFrom) {
  for (const v1::DeclineReason reason : {v1::DECLINE_REASON_PRICE, v1::DECLINE_REASON_TERMS,
                                         v1::DECLINE_REASON_ALREADY_SOLVED, v1::DECLINE_REASON_UNCLEAR}) {
    EXPECT_EQ(LevelOf(Decide("n", "a", reason)), std::nullopt) << v1::DeclineReason_Name(reason);
  }
}

TEST(WeightOfTest, GrowsWithTheRankShownWithinBounds) {
  v1::Judgement judgement;
  EXPECT_EQ(WeightOf(judgement), 1);
  judgement.set_rank_shown(1);
  EXPECT_EQ(WeightOf(judgement), 1);
  judgement.set_rank_shown(3);
  EXPECT_DOUBLE_EQ(WeightOf(judgement), 2);
  judgement.set_rank_shown(90'000);
  EXPECT_EQ(WeightOf(judgement), 3);
}

class TrainingRowsTest : public ::testing::Test {
 protected:
  TrainingRowsTest()
      : store_(*JudgementStore::Open(kv_.get())),
        peers_(memory_.peers()),
        matcher_(testing::SharedKnowledge(), testing::ShippedModels(), peers_) {
    memory_.AddNeed("n1", "石墨烯导电浆料", "锂电池正极需要石墨烯浆料");
    memory_.AddNeed("n2", "石墨烯 导电浆料", "另一家企业的同名需求");
    memory_.AddAchievement("a1", "石墨烯导电浆料制备技术", "");
    memory_.AddAchievement("a2", "污水脱氮除磷工艺", "");
  }

  void Record(v1::Judgement judgement, const std::string& judge) {
    judgement.set_judge(judge);
    ASSERT_THAT(store_->Record({{judgement}, "key", "", "", ++now_}).status(), IsOk());
  }
  StatusOr<TrainingData> Collect() {
    return TrainingRows(*store_, matcher_, peers_)
        .Collect(rpc::CallContext::ForSystem(std::chrono::minutes(1)), testing::CompleteOn("2026-06-30"));
  }

  std::unique_ptr<KvStore> kv_ = NewMemoryStore();
  std::unique_ptr<JudgementStore> store_;
  testing::MemoryPeers memory_;
  Peers peers_;
  Matcher matcher_;
  UnixMicros now_ = 1;
};

TEST_F(TrainingRowsTest, JudgesOfAPairCountAsTheirMeanRounded) {
  Record(Grade("n1", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  Record(Grade("n1", "a1", v1::MATCH_LEVEL_FAIR), "乙");
  Record(Grade("n1", "a2", v1::MATCH_LEVEL_NONE), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData data, Collect());
  ASSERT_EQ(data.needs.size(), 1U);
  EXPECT_EQ(data.judgements, 3);
  ASSERT_EQ(data.needs[0].pairs.size(), 2U);
  const size_t first = data.needs[0].pairs[0].achievement == "achievements/a1" ? 0 : 1;
  const TrainingPair& like = data.needs[0].pairs[first];
  const TrainingPair& unlike = data.needs[0].pairs[1 - first];
  EXPECT_EQ(like.level, 4);
  EXPECT_EQ(unlike.level, 1);
  EXPECT_GT(like.raw[kNgramCosine], unlike.raw[kNgramCosine]);
}

TEST_F(TrainingRowsTest, FeaturesAreThoseThatScorePairsScores) {
  Record(Grade("n1", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData data, Collect());
  const SourceRecord need = SourceOf(memory_.need("n1"));
  const PairsRequest request{
      need, {"achievements/a1"}, testing::CompleteOn("2026-06-30"), SystemPrincipal(), v1::MATCH_VIEW_FULL};
  ASSERT_OK_AND_ASSIGN(const PairsOutcome scored,
                       matcher_.ScorePairs(rpc::CallContext::ForSystem(std::chrono::minutes(1)), request));
  const ScoredPair pair = ScoreRaw(data.needs[0].pairs[0].raw, *testing::ShippedModels()->Find(""));
  EXPECT_EQ(pair.features.score, std::llround(scored.results[0].score() * kScoreUnit));
}

// Names are random: the same records under other names must train the same model.
TEST_F(TrainingRowsTest, NamesDoNotChangeTheOrder) {
  memory_.AddNeed("n0", "石墨烯导电浆料", "锂电池正极需要石墨烯浆料");  // as n1
  memory_.AddAchievement("a0", "污水脱氮除磷工艺", "");                 // as a2
  Record(Grade("n1", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  Record(Grade("n1", "a2", v1::MATCH_LEVEL_NONE), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData before, Collect());
  store_.reset();
  kv_ = NewMemoryStore();
  store_ = *JudgementStore::Open(kv_.get());
  Record(Grade("n0", "a0", v1::MATCH_LEVEL_NONE), "甲");
  Record(Grade("n0", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData after, Collect());
  ASSERT_EQ(before.needs.size(), 1U);
  ASSERT_EQ(after.needs.size(), 1U);
  ASSERT_EQ(before.needs[0].pairs.size(), 2U);
  ASSERT_EQ(after.needs[0].pairs.size(), 2U);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(before.needs[0].pairs[i].raw, after.needs[0].pairs[i].raw) << i;
    EXPECT_EQ(before.needs[0].pairs[i].level, after.needs[0].pairs[i].level) << i;
  }
}

TEST_F(TrainingRowsTest, NeedsOfOneTitleAreOneGroup) {
  Record(Grade("n1", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  Record(Grade("n2", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData data, Collect());
  ASSERT_EQ(data.needs.size(), 2U);
  EXPECT_EQ(data.needs[0].group, data.needs[1].group);
}

TEST_F(TrainingRowsTest, WhatIsGoneOrSaysNothingIsLeftOut) {
  Record(Grade("n9", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  Record(Grade("n1", "a9", v1::MATCH_LEVEL_STRONG), "甲");
  Record(Decide("n1", "a1", v1::DECLINE_REASON_PRICE), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData data, Collect());
  EXPECT_TRUE(data.needs.empty());
}

TEST_F(TrainingRowsTest, ConfidentialRecordsTakePart) {
  memory_.need("n1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  Record(Grade("n1", "a1", v1::MATCH_LEVEL_STRONG), "甲");
  ASSERT_OK_AND_ASSIGN(const TrainingData data, Collect());
  EXPECT_EQ(data.pairs(), 1);
}

}  // namespace
}  // namespace duijie::matching
