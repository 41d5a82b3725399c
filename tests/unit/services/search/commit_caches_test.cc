// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/search/commit_caches.h"

#include <gmock/gmock.h>

#include <string>

#include "services/search/index_schema.h"
#include "tests/unit/services/search/index_fixture.h"

namespace duijie::search::testing {
namespace {

using ::testing::IsEmpty;

TEST(ForwardCacheTest, AnswersWhatWasPutAndNothingElse) {
  ForwardCache cache(10'000);
  cache.Put(7, "seven");
  cache.Put(9'999, std::string(100'000, 'x'));
  EXPECT_EQ(cache.Find(7), "seven");
  EXPECT_EQ(cache.Find(9'999), std::string(100'000, 'x'));
  EXPECT_THAT(cache.Find(8), IsEmpty());
  EXPECT_THAT(cache.Find(1'000'000), IsEmpty());
}

TEST(ForwardCacheTest, WhatIsHeldStaysWhereItIsWhenMoreComes) {
  ForwardCache cache(1'000);
  cache.Put(1, "first");
  const std::string_view first = cache.Find(1);
  for (Xapian::docid id = 2; id <= 1'000; ++id) cache.Put(id, std::string(5'000, 'x'));
  cache.Put(1, "other");
  EXPECT_EQ(cache.Find(1).data(), first.data());
  EXPECT_EQ(first, "first");
}

TEST(ForwardCacheTest, WhatDoesNotFitIsNotHeld) {
  constexpr size_t kMiB = 1024 * 1024;
  ForwardCache cache(1'000, 2 * kMiB);
  for (Xapian::docid id = 1; id <= 3; ++id) cache.Put(id, std::string(kMiB - 100, 'x'));
  EXPECT_FALSE(cache.Find(1).empty());
  EXPECT_FALSE(cache.Find(2).empty());
  EXPECT_THAT(cache.Find(3), IsEmpty());
  cache.Put(4, "small");  // what is left of a chunk is used
  EXPECT_EQ(cache.Find(4), "small");
}

class PostingCacheTest : public IndexTest {};

TEST_F(PostingCacheTest, AnswersTheDocumentsOfATermAndHowOftenTheyHaveIt) {
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", "电池")).Put(MakeAchievement("b", "风机")));
  EXPECT_THAT(indexes_.achievements->readable().Read([](const IndexReader& reader) -> Status {
    const std::string battery = TermOf(Prefix::kWord, "电池");
    const auto postings = reader.postings().Get(reader.database(), battery);
    EXPECT_EQ(postings->size(), 1U);
    EXPECT_EQ(postings->at(0).id, reader.Find("achievements/a"));
    EXPECT_EQ(postings->at(0).count, kTitleWordWeight);
    EXPECT_EQ(reader.postings().Get(reader.database(), battery), postings);
    EXPECT_THAT(*reader.postings().Get(reader.database(), TermOf(Prefix::kWord, "水泥")), IsEmpty());
    return OkStatus();
  }),
              IsOk());
}

using CommitCachesTest = IndexTest;

TEST_F(CommitCachesTest, ACommitAnswersWithItsOwnForwardData) {
  const auto title = [&]() -> std::string {
    std::string found;
    EXPECT_THAT(indexes_.achievements->readable().Read([&](const IndexReader& reader) -> Status {
      std::string buffer;
      const auto id = reader.Find("achievements/a");
      if (!id) return OkStatus();
      const StatusOr<ForwardView> forward = reader.Forward(*id, &buffer);
      if (!forward.ok()) return forward.status();
      found = forward->title();
      return OkStatus();
    }),
                IsOk());
    return found;
  };
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", "电池")));
  EXPECT_EQ(title(), "电池");
  EXPECT_EQ(title(), "电池");
  Load(*indexes_.achievements, Page().Put(MakeAchievement("a", "风机")));
  EXPECT_EQ(title(), "风机");
}

}  // namespace
}  // namespace duijie::search::testing
