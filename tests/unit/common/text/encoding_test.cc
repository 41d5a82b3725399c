// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/text/encoding.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/status_matchers.h"

namespace duijie {
namespace {

using testing::StatusIs;

// "石墨烯薄膜" in GBK; the second text has the four-byte GB18030 sequence of U+3400.
constexpr std::string_view kGraphene = "\xCA\xAF\xC4\xAB\xCF\xA9\xB1\xA1\xC4\xA4";
constexpr std::string_view kFourByte = "\xCA\xAF\x81\x39\xEE\x39";

TEST(DecodeText, KeepsUtf8) {
  ASSERT_OK_AND_ASSIGN(const Decoded decoded, DecodeText("石墨烯 5G"));
  EXPECT_EQ(decoded.text, "石墨烯 5G");
  EXPECT_EQ(decoded.encoding, Encoding::kUtf8);
}

TEST(DecodeText, DropsTheByteOrderMark) {
  ASSERT_OK_AND_ASSIGN(const Decoded decoded, DecodeText("\xEF\xBB\xBF名称"));
  EXPECT_EQ(decoded.text, "名称");
  EXPECT_EQ(decoded.encoding, Encoding::kUtf8Bom);
}

TEST(DecodeText, EmptyTextIsUtf8) {
  ASSERT_OK_AND_ASSIGN(const Decoded decoded, DecodeText(""));
  EXPECT_EQ(decoded.text, "");
  EXPECT_EQ(decoded.encoding, Encoding::kUtf8);
}

TEST(DecodeText, ReadsGbk) {
  ASSERT_OK_AND_ASSIGN(const Decoded decoded, DecodeText(kGraphene));
  EXPECT_EQ(decoded.text, "石墨烯薄膜");
  EXPECT_EQ(decoded.encoding, Encoding::kGb18030);
}

TEST(DecodeText, ReadsFourByteGb18030) {
  ASSERT_OK_AND_ASSIGN(const Decoded decoded, DecodeText(kFourByte));
  EXPECT_EQ(decoded.text, "石㐀");
}

TEST(DecodeText, ReadsGbkLongerThanOneConversionChunk) {
  std::string bytes = "a";  // an odd start lets sequences straddle chunk borders
  std::string expected = "a";
  for (int i = 0; i < 5000; ++i) {
    bytes += "\x95\x32\x82\x36";  // U+20000: a surrogate pair in UTF-16
    bytes += "\xCA\xAF";
    expected += "𠀀石";
  }
  ASSERT_OK_AND_ASSIGN(const Decoded decoded, DecodeText(bytes));
  EXPECT_EQ(decoded.text, expected);
}

TEST(DecodeText, NamesTheOffsetOfBytesThatAreNeither) {
  const std::string bytes = std::string(kGraphene) + "\xFF\xFF" + "abc";
  const auto decoded = DecodeText(bytes);
  ASSERT_THAT(decoded, StatusIs(StatusCode::kInvalidArgument, "UNDECODABLE_TEXT"));
  EXPECT_NE(std::string(MessageOf(decoded.status())).find("第 10 字节"), std::string::npos)
      << MessageOf(decoded.status());
}

TEST(DecodeText, ReportsDamagedUtf8InsteadOfReadingItAsGb18030) {
  const auto decoded = DecodeText("高镍三元正极材料的制备\xE5\xB7工艺");
  ASSERT_THAT(decoded, StatusIs(StatusCode::kInvalidArgument, "UNDECODABLE_TEXT"));
  EXPECT_NE(std::string(MessageOf(decoded.status())).find("第 33 字节"), std::string::npos)
      << MessageOf(decoded.status());
}

TEST(DecodeText, DamageAfterAByteOrderMarkIsAnError) {
  EXPECT_THAT(DecodeText("\xEF\xBB\xBF" + std::string(kGraphene)),
              StatusIs(StatusCode::kInvalidArgument, "UNDECODABLE_TEXT"));
}

TEST(Utf8, KnowsIllFormedSequences) {
  EXPECT_TRUE(IsValidUtf8("石墨烯😀"));
  EXPECT_FALSE(IsValidUtf8("\xC0\x80"));          // overlong
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(IsValidUtf8("\xE7\x9F"));          // cut short
  EXPECT_EQ(SanitizeUtf8("a\xFF石\xE7"), "a\uFFFD石\uFFFD");
}

TEST(Utf8, CountsAndTruncatesByCodePoint) {
  EXPECT_EQ(CountCodePoints("石墨烯a😀"), 5u);
  EXPECT_EQ(TruncateCodePoints("石墨烯a😀", 4), "石墨烯a");
  EXPECT_EQ(TruncateCodePoints("石墨", 9), "石墨");
  EXPECT_EQ(TruncateBytes("石墨烯", 7), "石墨");
  EXPECT_EQ(TruncateBytes("石墨烯", 6), "石墨");
  EXPECT_EQ(TruncateBytes("石墨烯", 2), "");
  EXPECT_EQ(TruncateBytes("abc", 3), "abc");
}

TEST(Utf8, MeasuresTerminalColumns) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("石墨烯"), 6);
  EXPECT_EQ(DisplayWidth("，ａ"), 4);
  EXPECT_EQ(DisplayWidth("😀"), 2);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("a\u200Bb\n"), 2);
  EXPECT_EQ(DisplayWidth("\xFF"), 1);
}

}  // namespace
}  // namespace duijie
