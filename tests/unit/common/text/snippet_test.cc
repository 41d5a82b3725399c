// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/snippet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "common/text/encoding.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Highlighted(const Snippet& snippet) {
  std::vector<std::string> out;
  for (const auto& [begin, end] : snippet.ranges) out.push_back(snippet.text.substr(begin, end - begin));
  return out;
}

TEST(Snippet, ShortTextIsShownWholeWithItsOwnSpelling) {
  const Snippet snippet = MakeSnippet("氮化镓（ＧａＮ）芯片", {"gan", "芯片"}, 50);
  EXPECT_EQ(snippet.text, "氮化镓（ＧａＮ）芯片");
  EXPECT_THAT(Highlighted(snippet), ElementsAre("ＧａＮ", "芯片"));
}

TEST(Snippet, OverlappingAndTouchingMatchesMerge) {
  const Snippet snippet = MakeSnippet("三元正极材料的制备", {"正极", "正极材料", "三元", "材料"}, 50);
  EXPECT_THAT(Highlighted(snippet), ElementsAre("三元正极材料"));
}

TEST(Snippet, TraditionalTextIsMatchedWithANormalizer) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Normalizer> normalizer, Normalizer::Create());
  EXPECT_THAT(Highlighted(MakeSnippet("積體電路與軟體", {"集成电路", "软件"}, 50, normalizer.get())),
              ElementsAre("積體電路", "軟體"));
  EXPECT_THAT(MakeSnippet("積體電路", {"集成电路"}, 50).ranges, IsEmpty());
}

TEST(Snippet, DoesNotHighlightInsideALongerWordOrNumber) {
  EXPECT_THAT(MakeSnippet("15G, scans, 2105", {"5g", "can", "210"}, 50).ranges, IsEmpty());
  EXPECT_THAT(Highlighted(MakeSnippet("210mAh/g", {"mah/g"}, 50)), ElementsAre("mAh/g"));
}

TEST(Snippet, ShowsThePartWithMostTermsAndMarksTheCuts) {
  std::string text = "石墨烯。";
  for (int i = 0; i < 60; ++i) text += "其他内容";
  text += "。本项目用石墨烯改性聚酰亚胺薄膜，";
  for (int i = 0; i < 60; ++i) text += "其他内容";
  const Snippet snippet = MakeSnippet(text, {"石墨烯", "聚酰亚胺"}, 30);
  EXPECT_EQ(CountCodePoints(snippet.text), 30u);
  EXPECT_TRUE(snippet.text.starts_with("…本项目用石墨烯改性聚酰亚胺薄膜")) << snippet.text;
  EXPECT_TRUE(snippet.text.ends_with("…")) << snippet.text;
  EXPECT_THAT(Highlighted(snippet), ElementsAre("石墨烯", "聚酰亚胺"));
}

TEST(Snippet, WithoutAMatchShowsTheBeginning) {
  const Snippet snippet = MakeSnippet("一二三四五六七八九十", {"石墨烯"}, 9);
  EXPECT_EQ(snippet.text, "一二三四五六七八…");
  EXPECT_THAT(snippet.ranges, IsEmpty());
}

TEST(Snippet, AMatchLongerThanTheExcerptIsCut) {
  const Snippet snippet = MakeSnippet("在此处聚酰亚胺薄膜材料之后还有", {"聚酰亚胺薄膜材料"}, 4);
  EXPECT_LE(CountCodePoints(snippet.text), 4u);
}

TEST(Snippet, AddsNoMarkupAndDropsControls) {
  const Snippet snippet = MakeSnippet("<b>石墨烯</b>\r\n\x01膜", {"石墨烯"}, 50);
  EXPECT_EQ(snippet.text, "<b>石墨烯</b>   膜");
  EXPECT_THAT(Highlighted(snippet), ElementsAre("石墨烯"));
}

TEST(Snippet, ZeroLengthAndEmptyTermsAreHarmless) {
  EXPECT_EQ(MakeSnippet("石墨烯", {"石墨烯"}, 0).text, "");
  EXPECT_THAT(MakeSnippet("石墨烯", {""}, 10).ranges, IsEmpty());
  EXPECT_EQ(MakeSnippet("", {"a"}, 10).text, "");
}

TEST(Snippet, AnyBytesGiveValidTextWithSortedRanges) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Normalizer> normalizer, Normalizer::Create());
  const unsigned seed = 7;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {"石墨", "體",      "GaN", "。", "\xFF",
                                           "ﷺ",    "e\u0301", "，",  "5",  "\u200B"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t i = random() % 40; i > 0; --i) text += pieces[random() % pieces.size()];
    const size_t limit = random() % 30;
    const Snippet snippet = MakeSnippet(text, {"石墨", "gan", "体", "\u00E9"}, limit, normalizer.get());
    ASSERT_TRUE(IsValidUtf8(snippet.text)) << "round " << round;
    ASSERT_LE(CountCodePoints(snippet.text), limit) << "round " << round;
    uint32_t last = 0;
    for (const auto& [begin, end] : snippet.ranges) {
      ASSERT_LT(begin, end);
      ASSERT_LE(last, begin);
      ASSERT_LE(end, snippet.text.size());
      ASSERT_TRUE(IsValidUtf8(snippet.text.substr(begin, end - begin)));
      last = end;
    }
  }
}

}  // namespace
}  // namespace duijie
