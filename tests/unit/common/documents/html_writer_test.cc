// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/documents/html_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duijie {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kHostile[] = "<script>alert(\"1\")</script>&'";
constexpr char kTamed[] = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;";

TEST(EscapeHtmlTest, MarkupBecomesText) { EXPECT_EQ(EscapeHtml(kHostile), kTamed); }

TEST(EscapeHtmlTest, ChineseStaysAsItIs) {
  EXPECT_EQ(EscapeHtml("橡胶支座 ≥800 MPa 😀"), "橡胶支座 ≥800 MPa 😀");
}

TEST(EscapeHtmlTest, ControlCharactersGoAndLineEndsStay) {
  EXPECT_EQ(EscapeHtml(std::string("a\0b\x1b\x7f\r\n\tc", 9)), "ab\n\tc");
}

TEST(EscapeHtmlTest, IllFormedSequencesAreReplacedByteByByte) {
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(EscapeHtml("a\xff<"), "a" + replaced + "&lt;");
  EXPECT_EQ(EscapeHtml("\xc0\xbc"), replaced + replaced) << "an overlong <";
  EXPECT_EQ(EscapeHtml("\xed\xa0\x80"), replaced + replaced + replaced) << "a surrogate";
  EXPECT_EQ(EscapeHtml("\xe4\xb8"), replaced + replaced) << "cut off";
  EXPECT_EQ(EscapeHtml("\xf4\x90\x80\x80"), replaced + replaced + replaced + replaced) << "beyond Unicode";
}

// Every way of putting a text on the page.
std::string PageOf(const std::string& text) {
  HtmlWriter writer(text);
  writer.Title(text).Section(text).Subsection(text).Paragraph(text).PlainLine(text).RightAligned(text);
  writer.Note(text).Mark(text).Bullets({text}).Numbered({text}).FactTable({{text, text}});
  writer.Table({text}, {{text}}).SignatureLines({text}).PageBreak();
  return std::move(writer).Finish();
}

TEST(HtmlWriterTest, NoTextReachesThePageUnescaped) {
  const std::string html = PageOf(kHostile);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  size_t found = 0;
  for (size_t at = html.find(kTamed); at != std::string::npos; at = html.find(kTamed, at + 1)) ++found;
  EXPECT_EQ(found, 16u);
}

TEST(HtmlWriterTest, AFileIsWholeAndFetchesNothing) {
  const std::string html = PageOf("甲");
  EXPECT_THAT(html, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(html, EndsWith("</html>\n"));
  EXPECT_THAT(html, HasSubstr("<meta charset=\"utf-8\">"));
  for (const char* fetched : {"http", "src=", "href=", "url(", "@import"})
    EXPECT_THAT(html, Not(HasSubstr(fetched)));
}

TEST(HtmlWriterTest, LineEndsBecomeBreaks) {
  HtmlWriter writer("t");
  writer.Paragraph("一\n二");
  EXPECT_THAT(std::move(writer).Finish(), HasSubstr("<p class=\"indent\">一<br>二</p>"));
}

TEST(HtmlWriterTest, ShortRowsAreFilledAndLongOnesCut) {
  HtmlWriter writer("t");
  writer.Table({"甲", "乙"}, {{"1"}, {"2", "3", "4"}});
  const std::string html = std::move(writer).Finish();
  EXPECT_THAT(html, HasSubstr("<tr><td>1</td>\n<td></td>\n</tr>"));
  EXPECT_THAT(html, HasSubstr("<tr><td>2</td>\n<td>3</td>\n</tr>"));
}

TEST(HtmlWriterTest, FactsWithoutAValueAreLeftOut) {
  HtmlWriter writer("t");
  writer.FactTable({{"有", "值"}, {"缺", ""}});
  EXPECT_THAT(std::move(writer).Finish(), Not(HasSubstr("缺")));
}

TEST(HtmlWriterTest, WidePaperIsAsked) {
  EXPECT_THAT(HtmlWriter("t", HtmlWriter::Paper::kLandscape).Finish(), HasSubstr("size:A4 landscape"));
}

}  // namespace
}  // namespace duijie
