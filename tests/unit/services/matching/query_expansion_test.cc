// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/matching/query_expansion.h"

#include <cmath>
#include <set>

#include "common/semantics/meaning.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/matching/matching_fixtures.h"

namespace duijie::matching {
namespace {

using duijie::testing::IsOk;
using duijie::testing::TempDir;
using internal::v1::TERM_KIND_BIGRAM;
using internal::v1::TERM_KIND_UNIGRAM;
using internal::v1::TERM_KIND_WORD;
using ::testing::ElementsAre;
using testing::SharedBoilerplate;
using testing::SharedKnowledge;
using testing::SharedTestAnalyzer;

constexpr double kRounding = 1e-9;

class QueryExpansionTest : public ::testing::Test {
 protected:
  // Replaces the thesaurus.
  void Use(const std::string& lines) {
    const TempDir folder;
    std::ofstream(folder.File("trade.tsv")) << lines;
    ASSERT_OK_AND_ASSIGN(thesaurus_, Thesaurus::Load(folder.path()));
  }
  void SetUp() override {
    Use("脱硝\t\t低氮燃烧\t氨逃逸\n");
    parameters_ = testing::ShippedModel()->parameters();
    parameters_.set_expansion_terms(10);
    parameters_.set_expansion_share(0.25);
  }

  static TermBag BagOf(const std::string& title, const std::string& body = "") {
    SourceRecord source;
    source.title = title;
    if (!body.empty()) source.body.push_back(body);
    return TermBag::Of(source, *SharedTestAnalyzer());
  }
  void Widen(TermBag* bag, bool is_need = true, const NeedBoilerplate* boilerplate = nullptr) const {
    Expand({*SharedTestAnalyzer(), *thesaurus_, *SharedKnowledge().vectors, boilerplate}, parameters_,
           is_need, bag);
  }
  // In a collection of 100 records, of which every term is in 9.
  Query Weighed(const TermBag& bag) const {
    internal::v1::CollectionStatistics statistics;
    statistics.set_documents(100);
    for (size_t i = 0; i < bag.terms.size(); ++i) statistics.add_document_frequencies(9);
    return Query::Weigh(bag, statistics, parameters_, nullptr);
  }
  static std::vector<std::string> WordsOf(const TermBag& bag) {
    std::vector<std::string> words;
    for (const Expansion& expansion : bag.expansions) words.push_back(bag.terms[expansion.word].text);
    return words;
  }

  std::shared_ptr<const Thesaurus> thesaurus_;
  internal::v1::RankingParameters parameters_;
};

TEST_F(QueryExpansionTest, AddsTermsOfTheThesaurusWithTheirGrams) {
  TermBag bag = BagOf("脱硝");
  const size_t own = bag.terms.size();
  Widen(&bag);
  ASSERT_THAT(WordsOf(bag), ElementsAre("低氮燃烧", "氨逃逸"));
  EXPECT_NEAR(bag.expansions[0].weight / bag.expansions[1].weight, 2, kRounding) << "0.7 against 0.35";
  const Expansion& first = bag.expansions[0];
  EXPECT_EQ(bag.terms[first.word].kind, TERM_KIND_WORD);
  std::multiset<std::string> grams;
  for (const auto& [at, count] : first.grams) {
    EXPECT_NE(bag.terms[at].kind, TERM_KIND_WORD);
    EXPECT_EQ(count, 1u);
    grams.insert(bag.terms[at].text);
  }
  EXPECT_EQ(grams, (std::multiset<std::string>{"低氮", "氮燃", "燃烧", "低", "氮", "燃", "烧"}));
  for (size_t i = 0; i < bag.terms.size(); ++i) {
    EXPECT_EQ(bag.terms[i].is_expansion, i >= own) << bag.terms[i].text;
    if (i < own) continue;
    EXPECT_EQ(bag.terms[i].counts, Counts{}) << bag.terms[i].text;
  }
}

TEST_F(QueryExpansionTest, GramsOfTheSourceStayItsOwn) {
  Use("脱硝\t\t脱硝剂\t\n");
  TermBag bag = BagOf("脱硝");
  const TermBag before = bag;
  Widen(&bag);
  ASSERT_THAT(WordsOf(bag), ElementsAre("脱硝剂"));
  for (size_t i = 0; i < before.terms.size(); ++i) EXPECT_FALSE(bag.terms[i].is_expansion) << i;
  std::set<std::string> shared;
  for (const auto& [at, count] : bag.expansions[0].grams) {
    if (at < before.terms.size()) shared.insert(bag.terms[at].text);
  }
  EXPECT_EQ(shared, (std::set<std::string>{"脱硝", "脱", "硝"}));
}

TEST_F(QueryExpansionTest, ExpansionsAreNotCountedAsTheSourcesOwn) {
  const TermBag narrow = BagOf("脱硝改造", "锅炉出口的氮氧化物超标");
  TermBag wide = narrow;
  Widen(&wide);
  ASSERT_GT(wide.terms.size(), narrow.terms.size());
  const Query before = Weighed(narrow);
  const Query after = Weighed(wide);
  EXPECT_GT(before.gram_norm, 0);
  EXPECT_GT(before.word_mass, 0);
  EXPECT_DOUBLE_EQ(after.gram_norm, before.gram_norm);
  EXPECT_DOUBLE_EQ(after.word_mass, before.word_mass);
  EXPECT_DOUBLE_EQ(after.title_norm, before.title_norm);
  EXPECT_DOUBLE_EQ(after.title_mass, before.title_mass);
  for (const WeightedTerm& weighted : after.terms) {
    if (!weighted.term.is_expansion) continue;
    EXPECT_EQ(weighted.gram, 0) << weighted.term.text;
    EXPECT_EQ(weighted.word, 0) << weighted.term.text;
    EXPECT_EQ(weighted.title_gram, 0) << weighted.term.text;
  }
}

TEST_F(QueryExpansionTest, ExpansionsOnlySearch) {
  TermBag bag = BagOf("脱硝");
  Widen(&bag);
  google::protobuf::RepeatedPtrField<internal::v1::QueryTerm> terms;
  Weighed(bag).AddTo(&terms);
  ASSERT_EQ(terms.size(), static_cast<int>(bag.terms.size()));
  bool searched_word = false;
  bool searched_gram = false;
  for (int i = 0; i < terms.size(); ++i) {
    EXPECT_EQ(terms[i].search_only(), bag.terms[static_cast<size_t>(i)].is_expansion)
        << terms[i].term().text();
    if (!terms[i].search_only()) continue;
    if (terms[i].term().kind() == TERM_KIND_WORD) searched_word = searched_word || terms[i].weight() > 0;
    if (terms[i].term().kind() == TERM_KIND_BIGRAM)
      searched_gram = searched_gram || terms[i].cosine_weight() > 0;
  }
  EXPECT_TRUE(searched_word);
  EXPECT_TRUE(searched_gram);
}

TEST_F(QueryExpansionTest, WhatJoinsHasTheShareAskedFor) {
  TermBag bag = BagOf("脱硝");
  Widen(&bag);
  const Query query = Weighed(bag);
  double own_words = 0;
  double added_words = 0;
  double own_grams = 0;
  double added_grams = 0;
  for (const WeightedTerm& weighted : query.terms) {
    (weighted.term.is_expansion ? added_words : own_words) += weighted.search * weighted.search;
    if (weighted.term.kind == TERM_KIND_WORD) continue;
    (weighted.term.is_expansion ? added_grams : own_grams) += std::pow(weighted.cosine / weighted.idf, 2);
  }
  EXPECT_NEAR(std::sqrt(added_words / own_words), 0.25, kRounding);
  EXPECT_NEAR(std::sqrt(own_grams), 1, kRounding);
  EXPECT_NEAR(std::sqrt(added_grams), 0.25, kRounding);
}

TEST_F(QueryExpansionTest, AddsAsManyAsTheModelSays) {
  TermBag bag = BagOf("脱硝");
  parameters_.set_expansion_terms(1);
  Widen(&bag);
  EXPECT_THAT(WordsOf(bag), ElementsAre("低氮燃烧"));
  TermBag none = BagOf("脱硝");
  const size_t own = none.terms.size();
  parameters_.set_expansion_terms(0);
  Widen(&none);
  EXPECT_THAT(none.expansions, ::testing::IsEmpty());
  EXPECT_EQ(none.terms.size(), own);
}

TEST_F(QueryExpansionTest, AFullBagStaysAsItIs) {
  const auto fill = [](size_t terms, TermBag* bag) {
    while (bag->terms.size() < terms) {
      BagTerm term;
      term.text = "填" + std::to_string(bag->terms.size());
      term.kind = TERM_KIND_BIGRAM;
      bag->terms.push_back(term);
    }
  };
  TermBag full = BagOf("脱硝");
  fill(kMaxBagTerms - 5, &full);
  Widen(&full);
  EXPECT_EQ(full.terms.size(), kMaxBagTerms - 5);
  EXPECT_THAT(full.expansions, ::testing::IsEmpty());
  EXPECT_NE(full.meaning, "");
  TermBag nearly = BagOf("脱硝");
  fill(kMaxBagTerms - 20, &nearly);
  Widen(&nearly);
  EXPECT_GT(nearly.terms.size(), kMaxBagTerms - 20);
  EXPECT_LE(nearly.terms.size(), kMaxBagTerms);
}

TEST_F(QueryExpansionTest, MeaningIsThatOfTheSourcesOwnWords) {
  const WordVectors& vectors = *SharedKnowledge().vectors;
  TermBag need = BagOf("脱硝", "小麦");
  Widen(&need, true);
  EXPECT_EQ(need.meaning, vectors.MeaningOf({{"脱硝", kNeedTitleTimes}, {"小麦", 1}}));
  TermBag achievement = BagOf("脱硝", "小麦");
  Widen(&achievement, false);
  EXPECT_EQ(achievement.meaning, vectors.MeaningOf({{"脱硝", kAchievementTitleTimes}, {"小麦", 1}}));
  EXPECT_NE(need.meaning, achievement.meaning);
  EXPECT_EQ(Weighed(need).meaning, need.meaning);
}

TEST_F(QueryExpansionTest, WhatMostNeedsSayAddsLess) {
  Use("技术\t\t低氮燃烧\t\n");
  TermBag plain = BagOf("技术");
  Widen(&plain);
  TermBag damped = BagOf("技术");
  Widen(&damped, true, SharedBoilerplate().get());
  ASSERT_EQ(plain.expansions.size(), 1u);
  ASSERT_EQ(damped.expansions.size(), 1u);
  const double rarity = WordRarity(*SharedBoilerplate(), "技术");
  EXPECT_LT(rarity, 0.9);
  EXPECT_NEAR(damped.expansions[0].weight, rarity * plain.expansions[0].weight, kRounding);
}

}  // namespace
}  // namespace duijie::matching
