// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/related_terms.h"

#include <cmath>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SharedTestAnalyzer;
using testing::Word;

class RelatedTermsTest : public ::testing::Test {
 protected:
  // "mine~theirs similarity" for a source of these words.
  static std::vector<std::string> Related(const std::string& lines, const std::vector<WeightedTerm>& words,
                                          const std::string& title) {
    const TempDir folder;
    std::ofstream(folder.File("trade.tsv")) << lines;
    const auto thesaurus = Thesaurus::Load(folder.path());
    EXPECT_THAT(thesaurus, duijie::testing::IsOk());
    if (!thesaurus.ok()) return {};
    Query query;
    query.terms = words;
    std::vector<std::string> found;
    const TitleTerms titles(*thesaurus, SharedTestAnalyzer());
    for (const v1::RelatedTerm& term : RelatedTerms(query, titles).With(title)) {
      found.push_back(term.term() + "~" + term.met_as() + " " +
                      std::to_string(std::lround(term.similarity() * 100)));
    }
    return found;
  }
};

TEST_F(RelatedTermsTest, TheNearestComesFirst) {
  const std::string lines = "脱硝\t选择性催化还原\t低氮燃烧\t\n锅炉\t\t低氮燃烧\t\n";
  EXPECT_THAT(Related(lines, {Word("锅炉", 5), Word("脱硝", 3)}, "低氮燃烧与选择性催化还原"),
              ElementsAre("脱硝~选择性催化还原 100", "锅炉~低氮燃烧 70"));
}

TEST_F(RelatedTermsTest, OfEquallyNearOnesTheWeightierComesFirst) {
  const std::string lines = "脱硝\t\t低氮燃烧\t\n锅炉\t\t低氮燃烧\t\n";
  EXPECT_THAT(Related(lines, {Word("脱硝", 3), Word("锅炉", 5)}, "低氮燃烧"),
              ElementsAre("锅炉~低氮燃烧 70", "脱硝~低氮燃烧 70"));
}

TEST_F(RelatedTermsTest, WhatGoesWithATermIsNearEnoughAndWhatGoesWithThatIsNot) {
  const std::string lines = "脱硝\t\t\t氨逃逸、低氮燃烧\n";
  EXPECT_THAT(Related(lines, {Word("脱硝", 1)}, "氨逃逸监测"), ElementsAre("脱硝~氨逃逸 35"));
  EXPECT_THAT(Related(lines, {Word("低氮燃烧", 1)}, "氨逃逸监测"), IsEmpty());
}

TEST_F(RelatedTermsTest, TermsThatHoldEachOtherAreLeftOut) {
  EXPECT_THAT(Related("脱硝\t烟气脱硝\t\t\n", {Word("脱硝", 1)}, "烟气脱硝"), IsEmpty());
  EXPECT_THAT(Related("脱硝\t烟气脱硝\t\t\n", {Word("烟气脱硝", 1)}, "脱硝"), IsEmpty());
  EXPECT_THAT(Related("脱硝\t烟气脱硝\t低氮燃烧\t\n", {Word("脱硝", 1)}, "烟气脱硝与低氮燃烧"),
              ElementsAre("脱硝~低氮燃烧 70"));
}

TEST_F(RelatedTermsTest, OnlyTheSourcesOwnWordsCount) {
  const std::string lines = "脱硝\t\t低氮燃烧\t\n";
  WeightedTerm synonym = Word("脱硝", 1);
  synonym.term.synonym_of = 0;
  WeightedTerm expansion = Word("脱硝", 1);
  expansion.term.is_expansion = true;
  WeightedTerm gram = Word("脱硝", 1);
  gram.term.kind = internal::v1::TERM_KIND_BIGRAM;
  EXPECT_THAT(Related(lines, {Word("锅炉", 1), synonym, expansion, gram}, "低氮燃烧"), IsEmpty());
  EXPECT_THAT(Related(lines, {Word("锅炉", 1), Word("脱硝", 1)}, "低氮燃烧"),
              ElementsAre("脱硝~低氮燃烧 70"));
}

TEST_F(RelatedTermsTest, NothingInCommonIsNothing) {
  const std::string lines = "脱硝\t\t低氮燃烧\t\n";
  EXPECT_THAT(Related(lines, {Word("脱硝", 1)}, "小麦育种"), IsEmpty());
  EXPECT_THAT(Related(lines, {Word("脱硝", 1)}, ""), IsEmpty());
  EXPECT_THAT(Related(lines, {}, "低氮燃烧"), IsEmpty());
}

// Words w00, w01, … of falling weight, all kinds of one thing.
TEST_F(RelatedTermsTest, ShowsTheWeightiestUpToTheLimit) {
  std::string lines;
  std::vector<WeightedTerm> words;
  for (int i = 0; i < 12; ++i) {
    const std::string word = "w" + std::to_string(10 + i);
    lines += "低氮燃烧\t\t" + word + "\t\n";
    words.push_back(Word(word, 100 + i));
  }
  const std::vector<std::string> found = Related(lines, words, "低氮燃烧");
  ASSERT_EQ(found.size(), kMaxRelatedTerms);
  EXPECT_EQ(found.front(), "w21~低氮燃烧 70");
  EXPECT_EQ(found.back(), "w14~低氮燃烧 70");
}

TEST_F(RelatedTermsTest, LooksOnlyAtTheSourcesWeightiestWords) {
  std::string lines = "低氮燃烧\t\t脱硝\t\n";
  std::vector<WeightedTerm> words = {Word("脱硝", 1)};
  for (size_t i = 0; i < kRelatedSourceWords; ++i) {
    const std::string word = "w" + std::to_string(10 + i);
    lines += word + "\t\t\t\n";
    words.push_back(Word(word, 2));
  }
  EXPECT_THAT(Related(lines, words, "低氮燃烧"), IsEmpty());
  words.pop_back();
  EXPECT_THAT(Related(lines, words, "低氮燃烧"), ElementsAre("脱硝~低氮燃烧 70"));
}

}  // namespace
}  // namespace duijie::matching
