// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/normalize.h"

#include <gtest/gtest.h>

#include <random>

#include "common/text/encoding.h"
#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using namespace std::string_view_literals;

class NormalizerTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(normalizer_, Normalizer::Create()); }
  std::string N(std::string_view text) const { return normalizer_->Normalize(text); }

  std::unique_ptr<Normalizer> normalizer_;
};

TEST_F(NormalizerTest, FoldsWidthCaseAndCompatibilityForms) {
  EXPECT_EQ(N("ＣＲＩＳＰＲ－Ｃａｓ９"), "crispr-cas9");
  EXPECT_EQ(N("２１０ｍＡｈ／ｇ"), "210mah/g");
  EXPECT_EQ(N("25℃，5㎎，10m²"), "25°c,5mg,10m2");
  EXPECT_EQ(N("ﾀﾞ"), "ダ");
}

TEST_F(NormalizerTest, FoldsTheSignsBetweenNumbersAndUnits) {
  EXPECT_EQ(N("0.1–0.5 0.1〜0.5 0.1～0.5 W⋅m C‐C −5"), "0.1-0.5 0.1~0.5 0.1~0.5 w·m c-c -5");
}

TEST_F(NormalizerTest, DropsIgnorableCharacters) { EXPECT_EQ(N("石\u200B墨\u00AD烯\uFEFF"), "石墨烯"); }

TEST_F(NormalizerTest, ConvertsTraditionalTextWithTaiwanTerms) {
  EXPECT_EQ(N("軟體工程與積體電路設計"), "软件工程与集成电路设计");
  EXPECT_EQ(N("鋰離子電池"), "锂离子电池");
}

TEST_F(NormalizerTest, LeavesMainlandWordsAlone) {
  // tw2sp by itself would rewrite each of these.
  for (const std::string_view text : {"智慧农业", "支援", "文件", "行程", "物件", "影片", "著名", "介面"}) {
    EXPECT_EQ(N(text), text);
  }
  // A traditional run does not change the simplified one beside it.
  EXPECT_EQ(N("智慧农业，軟體"), "智慧农业,软件");
}

TEST_F(NormalizerTest, ReplacesIllFormedBytesAndKeepsNul) {
  EXPECT_EQ(N("石\xFF墨"), "石\uFFFD墨");
  EXPECT_EQ(N("體\0體"sv), "体\0体"sv);
  EXPECT_EQ(N(""), "");
}

TEST_F(NormalizerTest, DisplayFormKeepsCaseAndDashes) {
  EXPECT_EQ(normalizer_->NormalizeForDisplay("ＧａＮ－5G–軟體"), "GaN-5G–软件");
  EXPECT_EQ(normalizer_->NormalizeForDisplay("\xFF"
                                             "A"),
            "\uFFFDA");
}

TEST_F(NormalizerTest, RandomBytesGiveStableValidUtf8) {
  std::mt19937 random(20240607);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes(random() % 60, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    const std::string once = N(bytes);
    ASSERT_TRUE(IsValidUtf8(once)) << "round " << round;
    ASSERT_EQ(N(bytes), once) << "round " << round;
    ASSERT_EQ(normalizer_->NormalizeMapped(SanitizeUtf8(bytes)).normalized.empty(), once.empty());
  }
}

TEST_F(NormalizerTest, LongTraditionalRunsAreConvertedThroughout) {
  std::string run;
  for (int i = 0; i < 20'000; ++i) run += "電";
  const std::string normalized = N(run);
  EXPECT_EQ(normalized.find("電"), std::string::npos);
  EXPECT_EQ(normalized.size(), run.size());
}

TEST_F(NormalizerTest, MappedFormPointsAtTheSource) {
  const std::string source = "用ＧａＮ軟體①";
  const MappedText mapped = normalizer_->NormalizeMapped(source);
  EXPECT_EQ(mapped.normalized, N(source));
  ASSERT_EQ(mapped.source_begin.size(), mapped.normalized.size());
  ASSERT_EQ(mapped.source_end.size(), mapped.normalized.size());
  const auto source_of = [&](std::string_view part) {
    const size_t at = mapped.normalized.find(part);
    const uint32_t begin = mapped.source_begin.at(at);
    return source.substr(begin, mapped.source_end.at(at + part.size() - 1) - begin);
  };
  EXPECT_EQ(source_of("gan"), "ＧａＮ");
  EXPECT_EQ(source_of("软件"), "軟體");
  EXPECT_EQ(source_of("1"), "①");
}

TEST_F(NormalizerTest, MappedFormKeepsComposedCharactersTogether) {
  const MappedText mapped = normalizer_->NormalizeMapped("e\u0301x");
  EXPECT_EQ(mapped.normalized, "\u00E9x");
  EXPECT_EQ(mapped.source_begin, (std::vector<uint32_t>{0, 0, 3}));
  EXPECT_EQ(mapped.source_end, (std::vector<uint32_t>{3, 3, 4}));
}

}  // namespace
}  // namespace duijie
