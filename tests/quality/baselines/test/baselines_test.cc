// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "common/text/default_paths.h"
#include "services/duijie/trec_file.h"
#include "tests/quality/baselines/grams.h"
#include "tests/quality/baselines/run_files.h"
#include "tests/support/child_process.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace duijie::baselines {
namespace {

using ::testing::ElementsAre;
using testing::IsOk;
using ::testing::Pair;
using testing::ReadFile;
using testing::TempDir;
using testing::WriteFile;

std::shared_ptr<const Analyzer> TheAnalyzer() {
  static const auto analyzer =
      Analyzer::Create(TextOptionsIn(TextDataFolder(duijie::testing::BuiltFile("bin")))).value();
  return analyzer;
}

// Three achievements; the need is about the second, and has nothing in common with the third.
Corpus Wires() {
  Corpus corpus;
  corpus.needs = {{"n", "丝网断丝检测", ""}};
  corpus.achievements = {{"a", "钢丝拉拔", ""}, {"b", "丝网断丝在线检测装置", ""}, {"c", "苹果贮藏", ""}};
  corpus.judgements = {{"n", {{"b", 4}, {"c", 1}}}};
  return corpus;
}

TEST(GramsTest, CountsSymbolsAndPairsWithinAPiece) {
  EXPECT_THAT(CountGrams("网网，5g-x 网"), ElementsAre(Pair("15g-x", 1), Pair("1网", 3), Pair("2网网", 1)));
}

TEST(GramsTest, RunsOfLettersAreOneSymbolBesideCharacters) {
  EXPECT_THAT(CountGrams("p型"), ElementsAre(Pair("1p", 1), Pair("1型", 1), Pair("2p型", 1)));
}

TEST(RankersTest, CosineOfTheSameTextIsOne) {
  Corpus corpus = Wires();
  corpus.needs = {{"n", "苹果贮藏", ""}};
  const std::vector<double> scores = MakeCosineRanker(corpus, *TheAnalyzer())->Scores(corpus.needs[0]);
  EXPECT_NEAR(scores[2], 1, 1e-12);
  EXPECT_EQ(scores[0], 0);
}

TEST(RankersTest, CosineByHand) {
  // One gram each in common; the need's title counts four times and is damped.
  Corpus corpus;
  corpus.achievements = {{"a", "网", ""}, {"b", "网，梨", ""}};
  const TextRecord need{"n", "网", "梨"};
  const std::vector<double> scores = MakeCosineRanker(corpus, *TheAnalyzer())->Scores(need);
  const double idf_net = 1;  // 1 + ln(3 / 3)
  const double idf_pear = 1 + std::log(3.0 / 2);
  const double net = std::log(5.0) * idf_net;
  const double pear = std::log(2.0) * idf_pear;
  const double norm = std::hypot(net, pear);
  EXPECT_NEAR(scores[0], net / norm, 1e-12);
  EXPECT_NEAR(scores[1], (net * idf_net + pear * idf_pear) / norm / std::hypot(idf_net, idf_pear), 1e-12);
}

TEST(RankersTest, XapianFindsByWordsAndByPairsOfCharacters) {
  const Corpus corpus = Wires();
  for (const auto& ranker : {MakeXapianWords(corpus, *TheAnalyzer()), MakeXapianNgrams(corpus)}) {
    const std::vector<double> scores = ranker->Scores(corpus.needs[0]);
    EXPECT_GT(scores[1], scores[0]);
    EXPECT_EQ(scores[2], 0);
  }
}

TEST(RankersTest, RandomDependsOnTheSeedOnly) {
  const Corpus corpus = Wires();
  const auto scores = [&](uint64_t seed) { return MakeRandomRanker(corpus, seed)->Scores(corpus.needs[0]); };
  EXPECT_EQ(scores(1), scores(1));
  EXPECT_NE(scores(1), scores(2));
}

TEST(RunFilesTest, PoolsListAllJudgedAndFullListsWhatIsFound) {
  const TempDir dir;
  const Corpus corpus = Wires();
  EXPECT_THAT(WriteRuns(corpus, "x", 1, dir.path(), MakeXapianNgrams(corpus).get()), IsOk());
  ASSERT_OK_AND_ASSIGN(const ScoredRun pool, ParseRun(ReadFile(dir.File("x.pool.trec")), "pool"));
  ASSERT_OK_AND_ASSIGN(const ScoredRun full, ParseRun(ReadFile(dir.File("x.full.trec")), "full"));
  EXPECT_EQ(pool.at("n").size(), 2u);
  EXPECT_EQ(pool.at("n").at("c"), 0);
  ASSERT_EQ(full.at("n").size(), 1u);
  EXPECT_EQ(full.at("n").count("b"), 1u);
}

TEST(CorpusTest, ReadsTheFilesThatImportTakes) {
  const TempDir dir;
  WriteFile(dir.File("needs"),
            "{\"id\": \"n\", \"title\": \"T\", \"description\": \"D\"}\n{\"id\": \"unjudged\"}\n");
  WriteFile(dir.File("achievements"),
            "{\"id\": \"b\", \"title\": \"B\", \"abstract\": \"X\"}\n{\"id\": \"a\"}\n");
  WriteFile(dir.File("qrels"), "need_id\tachievement_id\tlevel\nn\tb\t4\n");
  ASSERT_OK_AND_ASSIGN(const Corpus corpus,
                       ReadCorpus(dir.File("needs"), dir.File("achievements"), dir.File("qrels")));
  ASSERT_EQ(corpus.needs.size(), 1u);
  EXPECT_EQ(corpus.needs[0].Text(), "T\nD\n");
  ASSERT_EQ(corpus.achievements.size(), 2u);
  EXPECT_EQ(corpus.achievements[0].id, "a");
  EXPECT_EQ(corpus.achievements[1].body, "X\n");
}

}  // namespace
}  // namespace duijie::baselines
