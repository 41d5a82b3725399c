// SPDX-License-Identifier: GPL-3.0-or-later
// The analysis on the tiny dictionary: what is kept whole, what is taken apart, and that any bytes are
// survived.
#include "common/text/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "common/text/encoding.h"
#include "tests/unit/common/text/text_fixture.h"

namespace duijie {
namespace {

using namespace std::string_view_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

class AnalyzerTest : public ::testing::Test {
 protected:
  std::vector<std::string> W(std::string_view text) const { return analyzer_->Words(text); }
  std::vector<std::string> B(std::string_view text) const { return analyzer_->Bigrams(text); }

  // What every analysis must hold.
  void CheckInvariants(const AnalyzedText& analyzed) const {
    ASSERT_TRUE(IsValidUtf8(analyzed.normalized));
    ASSERT_LE(analyzed.normalized.size(), kMaxTextBytes);
    for (size_t i = 0; i < analyzed.tokens.size(); ++i) {
      const Token& token = analyzed.tokens[i];
      ASSERT_LT(token.begin, token.end);
      ASSERT_EQ(token.text, analyzed.normalized.substr(token.begin, token.end - token.begin));
      if (i == 0) continue;
      const Token& before = analyzed.tokens[i - 1];
      ASSERT_LT(std::tie(before.begin, before.kind, before.end),
                std::tie(token.begin, token.kind, token.end));
    }
  }

  testing::TinyAnalyzer analyzer_;
};

TEST_F(AnalyzerTest, KeepsAlphanumericRunsWhole) {
  EXPECT_THAT(W("5G"), ElementsAre("5g"));
  EXPECT_THAT(W("Cas9"), ElementsAre("cas9"));
  EXPECT_THAT(W("Al2O3"), ElementsAre("al2o3"));
  EXPECT_THAT(W("C-C"), ElementsAre("c-c"));
  EXPECT_THAT(W("PM2.5"), ElementsAre("pm2.5"));
  EXPECT_THAT(W("C++与C#"), ElementsAre("c++", "与", "c#"));
  EXPECT_THAT(W("R&D"), ElementsAre("r&d"));
}

TEST_F(AnalyzerTest, GivesNumberAndUnitBesideTheWholeRun) {
  EXPECT_THAT(W("210mAh/g"), ElementsAre("210", "210mah/g", "mah/g"));
  EXPECT_THAT(W("210 mAh/g"), ElementsAre("210", "mah", "mah/g"));
  EXPECT_THAT(W("3.5MPa"), ElementsAre("3.5", "3.5mpa", "mpa"));
  EXPECT_THAT(W("15W/(m·K)"), ElementsAre("15", "15w/(m·k)", "w/(m·k)"));
  EXPECT_THAT(W("25℃"), ElementsAre("25", "25°c", "°c"));
  EXPECT_THAT(W("95%"), ElementsAre("95", "95%"));
}

TEST_F(AnalyzerTest, GivesBothEndsOfARange) {
  EXPECT_THAT(W("0.1~0.5mm"), ElementsAre("0.1", "0.1~0.5mm", "0.5", "0.5mm", "mm"));
  EXPECT_THAT(W("0.1–0.5mm"), ElementsAre("0.1", "0.1-0.5mm", "0.5", "0.5mm", "mm"));
  EXPECT_THAT(W("10×20mm"), ElementsAre("10", "10×20mm", "20", "20mm", "mm"));
}

TEST_F(AnalyzerTest, SplitsComparatorsOff) {
  EXPECT_THAT(W("≥210mAh/g"), ElementsAre("210", "210mah/g", "mah/g"));
  EXPECT_THAT(W("<5%，≤0.1%"), ElementsAre("5%", "0.1", "0.1%"));
  EXPECT_THAT(W("±5V"), ElementsAre("5v"));
}

TEST_F(AnalyzerTest, GivesThePiecesOfJoinedNames) {
  EXPECT_THAT(W("CRISPR-Cas9"), ElementsAre("crispr", "crispr-cas9", "cas9"));
  EXPECT_THAT(W("TCP/IP"), ElementsAre("tcp", "tcp/ip", "ip"));
  EXPECT_THAT(W("5G+工程"), ElementsAre("5g", "工程"));
  EXPECT_THAT(W("end. Next"), ElementsAre("end", "next"));
}

TEST_F(AnalyzerTest, FullWidthInputGivesTheSameTokens) {
  EXPECT_EQ(analyzer_->Analyze("２１０ｍＡｈ／ｇ（ＧａＮ）").tokens,
            analyzer_->Analyze("210mAh/g(GaN)").tokens);
}

TEST_F(AnalyzerTest, TraditionalInputGivesTheSameTokens) {
  EXPECT_EQ(analyzer_->Analyze("軟體工程設計").tokens, analyzer_->Analyze("软件工程设计").tokens);
}

TEST_F(AnalyzerTest, PrefersDomainTermsAndGivesTheWordsInside) {
  EXPECT_THAT(W("三元正极材料"), ElementsAre("三元", "三元正极材料", "正极", "正极材料", "材料"));
  EXPECT_THAT(W("石墨烯"), ElementsAre("石墨", "石墨烯"));
}

TEST_F(AnalyzerTest, FindsTermsThatMixScripts) {
  EXPECT_THAT(W("面向5G基站的"), IsSupersetOf({"5g", "5g基站"}));
  EXPECT_THAT(W("含β-胡萝卜素"), Contains("β-胡萝卜素"));
  EXPECT_THAT(W("Machine Learning"), ElementsAre("machine", "machine learning", "learning"));
  EXPECT_THAT(W("machine learnings"), Not(Contains("machine learning")));
  EXPECT_THAT(W("15G基站"), Not(Contains("5g基站")));
  EXPECT_THAT(W("做B超"), Contains("b超"));
}

TEST_F(AnalyzerTest, GivesBigramsAndUnigramsOfChineseRuns) {
  EXPECT_THAT(B("污水处理"), ElementsAre("污水", "水处", "处理"));
  EXPECT_THAT(B("铁，锂x"), ElementsAre("铁", "锂x"));
  EXPECT_THAT(B("X光 P型"), ElementsAre("x光", "p型"));
  EXPECT_THAT(B("5G"), IsEmpty());
  std::vector<std::string> unigrams;
  for (const Token& token : analyzer_->Analyze("污水，锂a").tokens) {
    if (token.kind == TokenKind::kUnigram) unigrams.push_back(token.text);
  }
  EXPECT_THAT(unigrams, ElementsAre("污", "水", "锂"));
}

TEST_F(AnalyzerTest, PunctuationAndEmojiGiveNoTokens) {
  EXPECT_THAT(analyzer_->Analyze("，。！？…— \t\n😀👩‍🔬🇨🇳（）").tokens, IsEmpty());
  EXPECT_THAT(B("污😀水"), ElementsAre("污", "水"));
}

TEST_F(AnalyzerTest, SynonymsAreTheOtherWordsOfEveryGroup) {
  EXPECT_THAT(analyzer_->SynonymsOf("丝网"), ElementsAre("金属筛网", "编织网", "网布"));
  EXPECT_THAT(analyzer_->SynonymsOf("编织网"), ElementsAre("丝网", "金属筛网"));
  EXPECT_THAT(analyzer_->SynonymsOf("gan"), ElementsAre("氮化镓"));
  EXPECT_THAT(analyzer_->SynonymsOf("材料"), IsEmpty());
  EXPECT_THAT(W("金属筛网"), Contains("金属筛网"));
}

TEST_F(AnalyzerTest, KnowsStopWordsInNormalForm) {
  EXPECT_TRUE(analyzer_->IsStopWord("的"));
  EXPECT_TRUE(analyzer_->IsStopWord("与"));
  EXPECT_FALSE(analyzer_->IsStopWord("材料"));
  EXPECT_THAT(W("材料的"), Contains("的"));
}

TEST_F(AnalyzerTest, SurvivesAnyBytes) {
  const unsigned seed = 20240607;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string_view> pieces = {"材料", "5G",   "-", "/(",     ")",       "體",       "~",
                                                "\xFF", "\0"sv, "β", "％",     "e\u0301", "\xE6\x9D", "😀",
                                                ".",    "1",    "°", "\u200B", "++",      "#"};
  for (int round = 0; round < 4000; ++round) {
    std::string bytes;
    for (size_t i = random() % 30; i > 0; --i) {
      if (random() % 4 == 0) {
        bytes.push_back(static_cast<char>(random()));
      } else {
        bytes += pieces[random() % pieces.size()];
      }
    }
    const AnalyzedText analyzed = analyzer_->Analyze(bytes);
    ASSERT_NO_FATAL_FAILURE(CheckInvariants(analyzed)) << "round " << round;
    ASSERT_EQ(analyzer_->Analyze(bytes).tokens, analyzed.tokens) << "round " << round;
  }
}

TEST_F(AnalyzerTest, SurvivesHugeRunsWithoutSpaces) {
  for (const std::string_view unit : {"材", "體", "a", "7", "1/", "a-", "\xFF", "ﷺ", "\u0301"}) {
    std::string text;
    while (text.size() <= kMaxTextBytes) text += unit;
    const AnalyzedText analyzed = analyzer_->Analyze(text);
    ASSERT_NO_FATAL_FAILURE(CheckInvariants(analyzed)) << unit;
    EXPECT_GT(analyzed.normalized.size(), kMaxTextBytes / 2) << unit;
  }
}

TEST_F(AnalyzerTest, CutsExcessAtACodePoint) {
  const AnalyzedText analyzed = analyzer_->Analyze(std::string(kMaxTextBytes - 1, ' ') + "材料");
  EXPECT_EQ(analyzed.normalized.size(), kMaxTextBytes - 1);
  EXPECT_THAT(analyzed.tokens, IsEmpty());
}

TEST_F(AnalyzerTest, GivesTheSameTokensOnEveryThread) {
  const std::string text = "軟體工程與三元正极材料，污水处理厂≥210mAh/g，面向5G基站";
  const std::vector<Token> expected = analyzer_->Analyze(text).tokens;
  std::vector<std::vector<Token>> seen(4);
  std::vector<std::thread> threads;
  for (std::vector<Token>& result : seen) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) result = analyzer_->Analyze(text).tokens;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<Token>& result : seen) EXPECT_EQ(result, expected);
}

}  // namespace
}  // namespace duijie
