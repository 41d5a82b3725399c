// SPDX-License-Identifier: GPL-3.0-or-later
// The files that are shipped: they load, and the words that general segmenters break are found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "common/text/analyzer.h"
#include "common/text/default_paths.h"
#include "common/text/encoding.h"
#include "tests/support/paths.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;

class RealDictionaryTest : public ::testing::Test {
 protected:
  // One load for the whole program: it takes most of a second.
  static void SetUpTestSuite() {
    ASSERT_OK_AND_ASSIGN(analyzer_,
                         Analyzer::Create(TextOptionsIn(duijie::testing::BuiltFile("share/duijie/text"))));
  }
  static void TearDownTestSuite() { analyzer_.reset(); }
  void SetUp() override { ASSERT_NE(analyzer_, nullptr); }

  static std::shared_ptr<const Analyzer> analyzer_;
};
std::shared_ptr<const Analyzer> RealDictionaryTest::analyzer_;

TEST_F(RealDictionaryTest, FindsTheWordsOfTechnicalSentences) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"高镍三元正极材料的包覆改性制备工艺，首次放电比容量≥210mAh/g",
       {"三元", "正极", "正极材料", "材料", "包覆", "改性", "制备", "工艺", "比容量", "210mah/g", "mah/g"}},
      {"面向5G基站的氮化镓(GaN)功率放大器芯片",
       {"5g", "基站", "氮化镓", "gan", "功率放大器", "放大器", "芯片"}},
      {"水稻抗稻瘟病基因CRISPR-Cas9编辑", {"水稻", "稻瘟病", "基因", "crispr-cas9", "cas9", "编辑"}},
      {"污水处理厂出水总氮超标、脱氮除磷",
       {"污水处理厂", "污水", "处理", "出水", "总氮", "超标", "脱氮除磷"}},
      {"石墨烯改性聚酰亚胺薄膜", {"石墨烯", "改性", "聚酰亚胺", "薄膜"}},
      {"鋰離子電池導熱係數", {"锂离子电池", "电池", "导热系数"}},
      {"基于深度学习的金属筛网与玻璃钢缺陷检测", {"深度学习", "玻璃钢", "缺陷", "检测"}},
  };
  for (const auto& [sentence, words] : cases) {
    EXPECT_THAT(analyzer_->Words(sentence), IsSupersetOf(words)) << sentence;
  }
}

TEST_F(RealDictionaryTest, KeepsMainlandWordsThatTaiwanTermsWouldReplace) {
  EXPECT_THAT(analyzer_->Words("智慧农业"), Contains("智慧"));
  EXPECT_THAT(analyzer_->Words("活塞行程"), Contains("行程"));
}

TEST_F(RealDictionaryTest, AnyTwoCharactersOfATitleAreAmongItsBigrams) {
  for (const std::string title : {"面向5G基站的氮化镓功率放大器芯片", "一种耐高温聚酰亚胺薄膜及其制备方法",
                                  "X射线CT影像智能诊断系统"}) {
    const std::vector<std::string> bigrams = analyzer_->Bigrams(title);
    for (size_t i = 0; i + 2 <= CountCodePoints(title); ++i) {
      const std::string fragment = TruncateCodePoints(title.substr(TruncateCodePoints(title, i).size()), 2);
      const bool has_chinese = std::any_of(fragment.begin(), fragment.end(), [](char c) { return c < 0; });
      if (!has_chinese) continue;
      EXPECT_THAT(bigrams, Contains(analyzer_->normalizer().Normalize(fragment)));
      EXPECT_EQ(analyzer_->Bigrams(fragment).size(), 1u) << fragment;
    }
  }
}

TEST_F(RealDictionaryTest, SynonymsShipped) {
  EXPECT_THAT(analyzer_->SynonymsOf("丝网"), Contains("编织网"));
}

TEST_F(RealDictionaryTest, TradeWordsAreNotStopWords) {
  for (const std::string_view word : {"技术", "方法", "研究", "系统", "制备", "材料"}) {
    EXPECT_FALSE(analyzer_->IsStopWord(word)) << word;
  }
  for (const std::string_view word : {"的", "一种", "及其", "用于"}) {
    EXPECT_EQ(analyzer_->IsStopWord(word), word != "用于") << word;
  }
}

}  // namespace
}  // namespace duijie
