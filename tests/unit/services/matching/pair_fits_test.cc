// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/pair_fits.h"

#include <gmock/gmock.h>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::StatusIs;
using testing::MemoryPeers;

class PairFitsTest : public ::testing::Test {
 protected:
  PairFitsTest() {
    memory_.AddNeed("n1", "紧固件", "要求抗拉强度不低于800MPa。");
    memory_.AddAchievement("a1", "钢", "抗拉强度达到900MPa。");
    caller_.set_key_id("partner");
    caller_.set_role(v1::ROLE_PARTNER);
    peers_ = memory_.peers();
    peers_.read_records = [this, read = memory_.peers().read_records](
                              const rpc::CallContext& call, const internal::v1::ReadRecordsRequest& request) {
      ++reads_;
      at_revision_ = request.at_revision();
      return read(call, request);
    };
  }

  // Of counterparts that search saw at `seen`.
  StatusOr<std::vector<v1::FitTable>> Read(const SourceRecord& source, const std::vector<std::string>& names,
                                           int64_t at_revision = 0, int64_t seen = 0) {
    const rpc::CallContext call(caller_, "test", std::chrono::system_clock::time_point::max(), nullptr);
    std::vector<PairFits::Counterpart> counterparts;
    for (const std::string& name : names) counterparts.push_back({name, seen});
    return PairFits({call, peers_, *testing::SharedNames(), cache_, caller_, at_revision}, source)
        .Read(counterparts);
  }

  MemoryPeers memory_;
  Peers peers_;
  FigureCache cache_{kFigureCacheBytes};
  Principal caller_;
  int reads_ = 0;
  int64_t at_revision_ = -1;
};

TEST_F(PairFitsTest, ReadsCounterpartsInBothDirections) {
  ASSERT_OK_AND_ASSIGN(const auto forward, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  ASSERT_OK_AND_ASSIGN(const auto backward, Read(SourceOf(memory_.achievement("a1")), {"needs/n1"}));
  ASSERT_EQ(forward.size(), 1U);
  ASSERT_EQ(backward.size(), 1U);
  EXPECT_EQ(forward[0].satisfied(), 1);
  EXPECT_EQ(forward[0].SerializeAsString(), backward[0].SerializeAsString());
}

TEST_F(PairFitsTest, ReadsAtTheRevisionAsked) {
  ASSERT_OK_AND_ASSIGN(const auto tables, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}, 17));
  EXPECT_EQ(at_revision_, 17);
}

TEST_F(PairFitsTest, WhatTheCallerMayNotSeeStatesAndDemandsNothing) {
  memory_.achievement("a1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  memory_.need("n1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_OK_AND_ASSIGN(const auto forward,
                       Read(SourceOf(memory_.need("n1")), {"achievements/a1", "achievements/gone"}));
  ASSERT_EQ(forward.size(), 2U);
  for (const v1::FitTable& table : forward) {
    EXPECT_EQ(table.not_stated(), 1);
    EXPECT_EQ(table.rows(0).stated_quote(), "");
  }
  ASSERT_OK_AND_ASSIGN(const auto backward, Read(SourceOf(memory_.achievement("a1")), {"needs/n1"}));
  EXPECT_EQ(backward[0].rows_size(), 0);
}

TEST_F(PairFitsTest, WhatACacheHoldsIsStillNotShownToThoseWhoMayNotSee) {
  memory_.achievement("a1").set_revision(5);
  ASSERT_OK_AND_ASSIGN(const auto before, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  EXPECT_EQ(before[0].satisfied(), 1);
  memory_.achievement("a1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_OK_AND_ASSIGN(const auto after, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  EXPECT_EQ(after[0].not_stated(), 1);
}

TEST_F(PairFitsTest, ReadsAgainWhatChanged) {
  memory_.achievement("a1").set_revision(5);
  ASSERT_OK_AND_ASSIGN(const auto before, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  memory_.achievement("a1").set_summary("抗拉强度700MPa。");
  ASSERT_OK_AND_ASSIGN(const auto held, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  EXPECT_EQ(held[0].satisfied(), 1);  // same revision: taken as the same text
  memory_.achievement("a1").set_revision(6);
  ASSERT_OK_AND_ASSIGN(const auto after, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  EXPECT_EQ(after[0].violated(), 1);
}

TEST_F(PairFitsTest, DoesNotReadAgainWhatSearchSawAtTheRevisionThatIsHeld) {
  memory_.AddAchievement("a2", "钢", "抗拉强度达到700MPa。");
  memory_.achievement("a1").set_revision(5);
  memory_.achievement("a2").set_revision(5);
  const SourceRecord need = SourceOf(memory_.need("n1"));
  ASSERT_OK_AND_ASSIGN(const auto first, Read(need, {"achievements/a1"}, 0, 5));
  EXPECT_EQ(reads_, 1);
  ASSERT_OK_AND_ASSIGN(const auto again, Read(need, {"achievements/a1"}, 0, 5));
  EXPECT_EQ(reads_, 1);
  EXPECT_EQ(first[0].SerializeAsString(), again[0].SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto both, Read(need, {"achievements/a2", "achievements/a1"}, 0, 5));
  EXPECT_EQ(reads_, 2);
  EXPECT_EQ(both[0].violated(), 1);
  EXPECT_EQ(both[1].satisfied(), 1);
}

// Search saw a later revision than the one that is held: the record is read and judged as it is now.
TEST_F(PairFitsTest, ReadsWhatSearchSawAtAnotherRevision) {
  memory_.achievement("a1").set_revision(5);
  const SourceRecord need = SourceOf(memory_.need("n1"));
  ASSERT_OK_AND_ASSIGN(const auto before, Read(need, {"achievements/a1"}, 0, 5));
  EXPECT_EQ(before[0].satisfied(), 1);
  memory_.achievement("a1").set_revision(6);
  memory_.achievement("a1").set_tier(v1::CONFIDENTIALITY_TIER_STAFF_ONLY);
  ASSERT_OK_AND_ASSIGN(const auto after, Read(need, {"achievements/a1"}, 0, 6));
  EXPECT_EQ(after[0].not_stated(), 1);
}

TEST_F(PairFitsTest, FiguresOfASourceAreThoseOfItsRevision) {
  memory_.need("n1").set_revision(3);
  ASSERT_OK_AND_ASSIGN(const auto before, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  memory_.need("n1").set_description("要求抗拉强度不低于1000MPa。");
  memory_.need("n1").set_revision(4);
  ASSERT_OK_AND_ASSIGN(const auto after, Read(SourceOf(memory_.need("n1")), {"achievements/a1"}));
  EXPECT_EQ(before[0].satisfied(), 1);
  EXPECT_EQ(after[0].violated(), 1);
}

TEST_F(PairFitsTest, ANeedWithoutDemandsReadsNothing) {
  memory_.AddNeed("n2", "紧固件", "希望提高质量。");
  const rpc::CallContext call(caller_, "test", std::chrono::system_clock::time_point::max(), nullptr);
  const SourceRecord source = SourceOf(memory_.need("n2"));
  EXPECT_FALSE(PairFits({call, peers_, *testing::SharedNames(), cache_, caller_, 0}, source).MayHaveRows());
  EXPECT_EQ(reads_, 0);
}

TEST_F(PairFitsTest, AFailingPeerIsAnError) {
  peers_.read_records = [](const auto&, const auto&) -> StatusOr<internal::v1::ReadRecordsResponse> {
    return Error(StatusCode::kUnavailable, "PEER_UNAVAILABLE", "catalog is away");
  };
  EXPECT_THAT(Read(SourceOf(memory_.need("n1")), {"achievements/a1"}),
              StatusIs(StatusCode::kUnavailable, "PEER_UNAVAILABLE"));
}

TEST(FigureCacheTest, DropsWhatWasUsedLongestAgoAndNeverHoldsRevisionZero) {
  const auto figures = std::make_shared<const RecordFigures>();
  FigureCache cache(2 * 300);  // an empty entry is a little less than 300 bytes
  cache.Put("needs/0", 0, figures);
  EXPECT_EQ(cache.Find("needs/0", 0), nullptr);
  cache.Put("needs/1", 1, figures);
  cache.Put("needs/2", 1, figures);
  EXPECT_NE(cache.Find("needs/1", 1), nullptr);
  cache.Put("needs/3", 1, figures);
  EXPECT_EQ(cache.Find("needs/2", 1), nullptr);
  EXPECT_NE(cache.Find("needs/1", 1), nullptr);
  EXPECT_NE(cache.Find("needs/3", 1), nullptr);
  cache.Put("needs/3", 2, figures);
  EXPECT_EQ(cache.Find("needs/3", 1), nullptr);
  EXPECT_NE(cache.Find("needs/1", 1), nullptr);
}

}  // namespace
}  // namespace duijie::matching
