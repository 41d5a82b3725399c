// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/semantics/thesaurus.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie {
namespace {

using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;

constexpr double kShareRounding = 1e-12;

StatusOr<std::shared_ptr<const Thesaurus>> LoadedThesaurus(const std::string& text) {
  const TempDir folder;
  std::ofstream(folder.File("trade.tsv")) << text;
  return Thesaurus::Load(folder.path());
}

class ThesaurusTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(thesaurus_, LoadedThesaurus("# comment\n"
                                                     "烟气脱硝\t脱硝\tSCR催化剂\t氨逃逸\n"
                                                     "燃煤锅炉\t锅炉\t\t脱硝、低氮燃烧\n"
                                                     "氨逃逸监测\t氨逃逸\tSCR催化剂\t烟气脱硝\n"));
  }
  std::vector<std::string> WordsFor(const std::vector<WeightedWord>& words, size_t limit) const {
    std::vector<std::string> found;
    for (const WeightedWord& word : thesaurus_->Expand(words, limit)) found.push_back(word.word);
    return found;
  }

  std::shared_ptr<const Thesaurus> thesaurus_;
};

// 脱硝 has memberships 1 and 0.35, of length l; its two lines are active by 2 · 1 / l and 2 · 0.35 / l. 锅炉,
// with one membership of 1, adds 0.5 to the second. A term then weighs activity · membership.
TEST_F(ThesaurusTest, WeighsATermByTheActivityOfItsLines) {
  const double length = std::sqrt(1 + 0.35 * 0.35);
  const double first = 2 / length;
  const double second = 2 * 0.35 / length + 0.5;
  const std::vector<WeightedWord> found = thesaurus_->Expand({{"脱硝", 2}, {"锅炉", 0.5}}, 10);
  const std::vector<WeightedWord> expected = {{"烟气脱硝", first},
                                              {"scr催化剂", 0.7 * first},
                                              {"燃煤锅炉", second},
                                              {"氨逃逸", 0.35 * first},
                                              {"低氮燃烧", 0.35 * second}};
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].word, expected[i].word) << i;
    EXPECT_NEAR(found[i].weight, expected[i].weight, kShareRounding) << found[i].word;
  }
}

TEST_F(ThesaurusTest, LeavesTheOwnWordsOut) {
  EXPECT_THAT(WordsFor({{"脱硝", 1}, {"烟气脱硝", 1}, {"scr催化剂", 0}}, 10),
              ::testing::UnorderedElementsAre("氨逃逸", "燃煤锅炉", "锅炉", "低氮燃烧", "氨逃逸监测"));
}

TEST_F(ThesaurusTest, BreaksTiesByBytes) {
  EXPECT_THAT(WordsFor({{"锅炉", 1}}, 10), ::testing::ElementsAre("燃煤锅炉", "低氮燃烧", "脱硝"));
}

TEST_F(ThesaurusTest, KeepsTheStrongestUpToTheLimit) {
  EXPECT_THAT(WordsFor({{"脱硝", 2}, {"锅炉", 0.5}}, 2), ::testing::ElementsAre("烟气脱硝", "scr催化剂"));
  EXPECT_THAT(WordsFor({{"脱硝", 2}}, 0), ::testing::IsEmpty());
}

TEST_F(ThesaurusTest, UnknownWordsAddNothing) {
  EXPECT_THAT(WordsFor({{"石墨烯", 5}}, 10), ::testing::IsEmpty());
  EXPECT_THAT(WordsFor({{"石墨烯", 5}, {"锅炉", 1}}, 1), ::testing::ElementsAre("燃煤锅炉"));
  EXPECT_FALSE(thesaurus_->Knows("石墨烯"));
  EXPECT_TRUE(thesaurus_->Knows("低氮燃烧"));
}

TEST_F(ThesaurusTest, NearnessIsTheGreatestProductOverCommonLines) {
  EXPECT_EQ(thesaurus_->Nearness("脱硝", "烟气脱硝"), kSameMembership);
  EXPECT_EQ(thesaurus_->Nearness("脱硝", "锅炉"), kRelatedMembership) << "exactly: it is compared with";
  EXPECT_NEAR(thesaurus_->Nearness("脱硝", "低氮燃烧"), 0.35 * 0.35, kShareRounding);
  // The first line of both says 0.7 · 0.35, the later one 0.7.
  EXPECT_NEAR(thesaurus_->Nearness("scr催化剂", "氨逃逸"), 0.7, kShareRounding);
  // Here the first line says more.
  EXPECT_NEAR(thesaurus_->Nearness("烟气脱硝", "scr催化剂"), 0.7, kShareRounding);
  EXPECT_DOUBLE_EQ(thesaurus_->Nearness("氨逃逸", "scr催化剂"), thesaurus_->Nearness("scr催化剂", "氨逃逸"));
}

TEST_F(ThesaurusTest, NearnessWithoutACommonLineIsZeroAndOfAWordToItselfOne) {
  EXPECT_EQ(thesaurus_->Nearness("锅炉", "scr催化剂"), 0);
  EXPECT_EQ(thesaurus_->Nearness("脱硝", "石墨烯"), 0);
  EXPECT_EQ(thesaurus_->Nearness("石墨烯", "石墨烯"), 1);
}

TEST(ThesaurusLoadTest, AMemberTwiceInALineHasTheGreaterShareOnce) {
  ASSERT_OK_AND_ASSIGN(const auto thesaurus, LoadedThesaurus("泵\t水泵\t水泵\t水泵、管道\n"));
  const std::vector<WeightedWord> found = thesaurus->Expand({{"泵", 1}}, 10);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].word, "水泵");
  EXPECT_NEAR(found[0].weight, 1, kShareRounding);
  EXPECT_NEAR(found[1].weight, 0.35, kShareRounding);
}

TEST(ThesaurusLoadTest, MissingFoldersAndDamagedFilesAreRefused) {
  EXPECT_THAT(Thesaurus::Load("/no/such/folder"), StatusIs(StatusCode::kNotFound, "TEXT_DATA_MISSING"));
  EXPECT_THAT(LoadedThesaurus("泵\t水泵\n"), StatusIs(StatusCode::kInvalidArgument, "BAD_TEXT_DATA"));
}

TEST(ThesaurusLoadTest, TheShippedThesaurusLoads) {
  ASSERT_OK_AND_ASSIGN(const auto thesaurus, Thesaurus::Load(duijie::testing::SourceFile("data/thesaurus")));
  EXPECT_GE(thesaurus->Nearness("烟气脱硝", "脱硝"), 0.99);
  EXPECT_EQ(thesaurus->Nearness("烟气脱硝", "小麦"), 0);
}

}  // namespace
}  // namespace duijie
