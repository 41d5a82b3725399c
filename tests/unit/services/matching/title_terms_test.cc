// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/title_terms.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::TempDir;
using testing::SharedTestAnalyzer;

class TitleTermsTest : public ::testing::Test {
 protected:
  TitleTermsTest() {
    std::ofstream(folder_.File("trade.tsv")) << "脱硝\t烟气脱硝\t\t催化剂\n";
    auto loaded = Thesaurus::Load(folder_.path());
    if (!loaded.ok()) throw std::runtime_error(loaded.status().ToString());
    thesaurus_ = *std::move(loaded);
    titles_ = std::make_unique<TitleTerms>(thesaurus_, SharedTestAnalyzer());
  }
  std::vector<std::string> WordsOf(const std::string& title) const {
    std::vector<std::string> words;
    for (const TitleTerms::Word& word : *titles_->Of(title)) words.push_back(word.text);
    return words;
  }

  const TempDir folder_;
  std::shared_ptr<const Thesaurus> thesaurus_;
  std::unique_ptr<TitleTerms> titles_;
};

TEST_F(TitleTermsTest, OnlyWordsThatTheThesaurusKnowsAreKept) {
  EXPECT_EQ(WordsOf("焦炉烟气脱硝用催化剂"), (std::vector<std::string>{"烟气脱硝", "脱硝", "催化剂"}));
  EXPECT_EQ(WordsOf("苹果保鲜"), std::vector<std::string>());
}

TEST_F(TitleTermsTest, ATitleMetAgainIsNotReadAgain) {
  const TitleTerms::Words first = titles_->Of("低温脱硝");
  EXPECT_EQ(titles_->Of("低温脱硝"), first);
}

TEST_F(TitleTermsTest, TheTitlesUsedLongestAgoGoFirst) {
  const TitleTerms::Words kept = titles_->Of("低温脱硝");
  const std::weak_ptr<const std::vector<TitleTerms::Word>> dropped = titles_->Of("高温脱硝");
  for (size_t i = 0; !dropped.expired() && i < kTitleCacheBytes; ++i) {
    titles_->Of("脱硝" + std::to_string(i));
    titles_->Of("低温脱硝");
  }
  EXPECT_TRUE(dropped.expired());
  EXPECT_EQ(titles_->Of("低温脱硝"), kept);
}

TEST_F(TitleTermsTest, AVeryLongTitleIsAnsweredButNotHeld) {
  std::string title = "脱硝";
  while (title.size() <= kMaxHeldTitleBytes) title += "，脱硝";
  const std::weak_ptr<const std::vector<TitleTerms::Word>> words = titles_->Of(title);
  EXPECT_TRUE(words.expired());
  EXPECT_FALSE(titles_->Of(title)->empty());
}

}  // namespace
}  // namespace duijie::matching
