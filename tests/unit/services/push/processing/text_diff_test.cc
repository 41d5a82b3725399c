// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/push/processing/text_diff.h"

#include <gmock/gmock.h>

#include <iostream>
#include <random>

namespace duijie::push {
namespace {

using ::testing::ElementsAre;

constexpr SpanKind kKept = SpanKind::kKept;
constexpr SpanKind kRemoved = SpanKind::kRemoved;
constexpr SpanKind kAdded = SpanKind::kAdded;

std::string TextOf(const TextDiff& diff, SpanKind with) {
  std::string text;
  for (const DiffSpan& span : diff.spans) {
    if (span.kind == kKept || span.kind == with) text += span.text;
  }
  return text;
}

size_t CharactersOf(const TextDiff& diff, SpanKind kind) {
  size_t count = 0;
  for (const DiffSpan& span : diff.spans) {
    if (span.kind != kind) continue;
    for (const char c : span.text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  }
  return count;
}

// Length of the longest common subsequence, by the textbook table.
size_t CommonLength(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<size_t>> table(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      table[i][j] =
          a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.size()][b.size()];
}

TEST(TextDiffTest, ShowsWhatWasRemovedAndAddedCharacterByCharacter) {
  EXPECT_THAT(DiffTexts("寿命约三年", "寿命不低于五年").spans,
              ElementsAre(DiffSpan{kKept, "寿命"}, DiffSpan{kRemoved, "约三"}, DiffSpan{kAdded, "不低于五"},
                          DiffSpan{kKept, "年"}));
}

TEST(TextDiffTest, EqualAndEmptyTexts) {
  EXPECT_THAT(DiffTexts("", "").spans, ElementsAre());
  EXPECT_THAT(DiffTexts("同", "同").spans, ElementsAre(DiffSpan{kKept, "同"}));
  EXPECT_THAT(DiffTexts("", "新").spans, ElementsAre(DiffSpan{kAdded, "新"}));
  EXPECT_THAT(DiffTexts("旧", "").spans, ElementsAre(DiffSpan{kRemoved, "旧"}));
}

TEST(TextDiffTest, SpansMakeUpBothTextsWithTheFewestEdits) {
  const uint32_t seed = std::random_device{}();
  std::cout << "seed " << seed << std::endl;
  std::mt19937 random(seed);
  const std::vector<std::string> alphabet = {"橡", "胶", "a", "é", "𠮷", "\n"};
  const auto make = [&] {
    std::vector<std::string> characters(random() % 24);
    for (std::string& character : characters) character = alphabet[random() % alphabet.size()];
    return characters;
  };
  for (int round = 0; round < 2'000; ++round) {
    const std::vector<std::string> a = make(), b = make();
    std::string before, after;
    for (const std::string& character : a) before += character;
    for (const std::string& character : b) after += character;
    const TextDiff diff = DiffTexts(before, after);
    ASSERT_EQ(TextOf(diff, kRemoved), before) << "round " << round;
    ASSERT_EQ(TextOf(diff, kAdded), after) << "round " << round;
    ASSERT_EQ(CharactersOf(diff, kKept), CommonLength(a, b)) << before << " | " << after;
    for (size_t i = 0; i < diff.spans.size(); ++i) {
      ASSERT_FALSE(diff.spans[i].text.empty());
      if (i == 0) continue;
      ASSERT_NE(diff.spans[i].kind, diff.spans[i - 1].kind);
    }
  }
}

TEST(TextDiffTest, TextsThatHaveLittleInCommonAreComparedCoarsely) {
  std::string before = "始", after = "始";
  for (int i = 0; i < kMaxEdits; ++i) before += "甲", after += "乙";
  before += "终", after += "终";
  const TextDiff diff = DiffTexts(before, after);
  EXPECT_TRUE(diff.coarse);
  ASSERT_EQ(diff.spans.size(), 4u);
  EXPECT_EQ(diff.spans[0].text, "始");
  EXPECT_EQ(TextOf(diff, kRemoved), before);
  EXPECT_EQ(TextOf(diff, kAdded), after);
}

}  // namespace
}  // namespace duijie::push
