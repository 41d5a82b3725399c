// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "tests/unit/common/tabular/table_helpers.h"
#include "tests/unit/common/tabular/xlsx_builder.h"

namespace duijie::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using Values = std::vector<std::string>;

ReadResult Read(const XlsxBuilder& builder, const TableLimits& limits = {},
                const TableOptions& options = {}) {
  return ReadMemory(builder.Build(), TableFormat::kXlsx, limits, options);
}

XlsxBuilder TwoColumns(const std::string& rows_below) {
  XlsxBuilder builder;
  builder.rows = "<row r=\"1\">" + TextCell("A1", "名称") + TextCell("B1", "值") + "</row>" + rows_below;
  return builder;
}

TEST(XlsxReaderTest, ReadsSharedAndInlineStringsOfEveryRun) {
  XlsxBuilder builder;
  builder.shared_strings =
      "<si><t>名称</t></si><si><t> 值\xE3\x80\x80</t></si>"
      "<si><r><rPr><b/></rPr><t>石墨</t></r><r><t xml:space=\"preserve\">烯 膜</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>シーボク</t></rPh><phoneticPr fontId=\"1\"/></si>";
  builder.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c>" +
      TextCell("B2", "a &lt;b&gt; _x000D_c_x005F_x0041_") + "</row>";
  const ReadResult result = Read(builder);
  ASSERT_THAT(result.final_error, IsOk());
  EXPECT_THAT(result.header, ElementsAre("名称", "值"));
  ASSERT_THAT(result.rows, SizeIs(1));
  EXPECT_EQ(result.rows[0].number, 2u);
  EXPECT_EQ(result.Values(0), (Values{"石墨烯 膜", "a <b> \rc_x0041_"}));
}

struct NumberCase {
  std::string stored;
  std::string shown;
};

TEST(XlsxReaderTest, NumbersLoseBinaryNoiseAndKeepTheirDigits) {
  const std::vector<NumberCase> cases = {{"42", "42"},
                                         {"42.0", "42"},
                                         {"0.30000000000000004", "0.3"},
                                         {"13800138000", "13800138000"},
                                         {"1E+3", "1000"},
                                         {"-0.5", "-0.5"},
                                         {"1.1E-5", "0.000011"},
                                         {"123456789012345", "123456789012345"},
                                         {"1E-30", "1e-30"},
                                         {"0", "0"},
                                         {"-0", "0"},
                                         {"1.5E+20", "150000000000000000000"},
                                         {"2.5e+25", "2.5e25"},
                                         {"99.99", "99.99"}};
  for (const NumberCase& number : cases) {
    const ReadResult result =
        Read(TwoColumns("<row r=\"2\"><c r=\"B2\"><v>" + number.stored + "</v></c></row>"));
    ASSERT_THAT(result.rows, SizeIs(1)) << number.stored;
    EXPECT_EQ(result.Values(0)[1], number.shown) << number.stored;
  }
}

// s="0" General, 1 built-in date, 2 Chinese date, 3 date and time, 4 elapsed time, 5 text that only quotes d
// and m, 6 time in Chinese words, 7 month alone.
constexpr char kStyles[] =
    "<numFmts count=\"6\"><numFmt numFmtId=\"164\" "
    "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"yyyy/m/d\\ hh:mm\"/><numFmt numFmtId=\"166\" "
    "formatCode=\"[h]:mm:ss\"/>"
    "<numFmt numFmtId=\"167\" formatCode=\"[Red]0.0&quot;md&quot;\\d_y;[$-804]yyyy\"/>"
    "<numFmt numFmtId=\"168\" formatCode=\"h&quot;时&quot;mm&quot;分&quot;\"/>"
    "<numFmt numFmtId=\"169\" formatCode=\"mmm\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf "
    "numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf numFmtId=\"168\"/><xf numFmtId=\"169\"/></cellXfs>";

std::string StyledCell(int style, const std::string& value) {
  return "<row r=\"2\"><c r=\"B2\" s=\"" + std::to_string(style) + "\"><v>" + value + "</v></c></row>";
}

struct DateCase {
  int style;
  std::string serial;
  std::string shown;
};

TEST(XlsxReaderTest, DatesFollowTheNumberFormatOfTheCell) {
  const std::vector<DateCase> cases = {{0, "45413", "45413"},           {1, "45413", "2024-05-01"},
                                       {2, "45413", "2024-05-01"},      {3, "45413.5", "2024-05-01 12:00:00"},
                                       {3, "45413", "2024-05-01"},      {3, "45413.999999", "2024-05-02"},
                                       {4, "0.75", "18:00:00"},         {5, "45413", "45413"},
                                       {6, "0.5104166667", "12:15:00"}, {7, "45413", "2024-05-01"},
                                       {1, "1", "1900-01-01"},          {1, "59", "1900-02-28"},
                                       {1, "61", "1900-03-01"},         {1, "2958465", "9999-12-31"},
                                       {99, "45413", "45413"}};
  for (const DateCase& date : cases) {
    XlsxBuilder builder = TwoColumns(StyledCell(date.style, date.serial));
    builder.styles = kStyles;
    const ReadResult result = Read(builder);
    ASSERT_THAT(result.rows, SizeIs(1)) << date.serial << " style " << date.style;
    EXPECT_EQ(result.Values(0)[1], date.shown) << date.serial << " style " << date.style;
  }
}

TEST(XlsxReaderTest, DatesThatAreNoDayAreRowErrors) {
  for (const std::string serial : {"60", "0", "-1", "2958466", "1e300", "abc"}) {
    XlsxBuilder builder = TwoColumns(StyledCell(1, serial));
    builder.styles = kStyles;
    const ReadResult result = Read(builder);
    ASSERT_THAT(result.row_errors, SizeIs(1)) << serial;
    EXPECT_EQ(ErrorMessage(result.row_errors[0]), "第 2 行 B 列：日期无效");
  }
}

TEST(XlsxReaderTest, The1904DateSystemCountsFromItsOwnDay) {
  XlsxBuilder builder = TwoColumns(StyledCell(1, "43951"));
  builder.styles = kStyles;
  builder.workbook_properties = "<workbookPr date1904=\"1\"/>";
  EXPECT_EQ(Read(builder).Values(0)[1], "2024-05-01");
}

TEST(XlsxReaderTest, BooleansFormulasAndIsoDatesGiveTheirStoredValue) {
  const ReadResult result =
      Read(TwoColumns("<row r=\"2\"><c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>0</v></c></row>"
                      "<row r=\"3\"><c r=\"A3\" t=\"str\"><f>A1&amp;B1</f><v>名称值</v></c><c "
                      "r=\"B3\"><f>1+1</f><v>2</v></c></row>"
                      "<row r=\"4\"><c r=\"A4\" t=\"d\"><v>2024-05-01T00:00:00</v></c>"
                      "<c r=\"B4\" t=\"d\"><v>2024-05-01T08:30:00</v></c></row>"));
  ASSERT_THAT(result.rows, SizeIs(3));
  EXPECT_EQ(result.Values(0), (Values{"TRUE", "FALSE"}));
  EXPECT_EQ(result.Values(1), (Values{"名称值", "2"}));
  EXPECT_EQ(result.Values(2), (Values{"2024-05-01", "2024-05-01 08:30:00"}));
}

TEST(XlsxReaderTest, AnErrorCellSpoilsOnlyItsRow) {
  const ReadResult result =
      Read(TwoColumns("<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#N/A</v></c></row>"
                      "<row r=\"3\"><c r=\"A3\"><f>A1</f></c></row>"
                      "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>7</v></c></row>"
                      "<row r=\"5\">" +
                      TextCell("A5", "好") + "</row>"));
  ASSERT_THAT(result.row_errors, SizeIs(3));
  EXPECT_EQ(ErrorMessage(result.row_errors[0]), "第 2 行 B 列：单元格是错误值 #N/A");
  EXPECT_EQ(MetadataOf(result.row_errors[0]), (ErrorMetadata{{"row", "2"}, {"column", "2"}}));
  EXPECT_THAT(ErrorMessage(result.row_errors[1]), HasSubstr("第 3 行 A 列：公式没有保存计算结果"));
  EXPECT_THAT(ErrorMessage(result.row_errors[2]), HasSubstr("第 4 行 A 列"));
  ASSERT_THAT(result.rows, SizeIs(1));
  EXPECT_EQ(result.rows[0].number, 5u);
}

TEST(XlsxReaderTest, BlankRowsAreSkippedAndNumbersKept) {
  XlsxBuilder builder;
  builder.rows = "<row r=\"3\">" + TextCell("B3", "名称") + TextCell("D3", "值") +
                 "</row><row r=\"4\"/><row r=\"6\">" + TextCell("B6", " ") + "</row><row r=\"9\">" +
                 TextCell("D9", "x") + "</row><row>" +
                 "<c t=\"inlineStr\"><is><t> </t></is></c><c><v>7</v></c></row>";
  const ReadResult result = Read(builder);
  EXPECT_THAT(result.header, ElementsAre("名称", "值"));
  ASSERT_THAT(result.rows, SizeIs(2));
  EXPECT_EQ(result.rows[0].number, 9u);
  EXPECT_EQ(result.Values(0), (Values{"", "x"}));
  EXPECT_EQ(result.rows[1].number, 10u);
  EXPECT_EQ(result.Values(1), (Values{"7", ""}));
}

TEST(XlsxReaderTest, ACellBelowNoHeadingIsARowErrorNotLost) {
  const ReadResult result = Read(TwoColumns("<row r=\"2\">" + TextCell("D2", "备注") + "</row>"));
  ASSERT_THAT(result.row_errors, SizeIs(1));
  EXPECT_THAT(ErrorMessage(result.row_errors[0]), HasSubstr("第 2 行 D 列"));
}

TEST(XlsxReaderTest, HeadingsMustBeThereAndDiffer) {
  XlsxBuilder builder;
  EXPECT_THAT(Read(builder).final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID"));
  builder.rows = "<row r=\"1\">" + TextCell("A1", "名称") + TextCell("C1", " 名称 ") + "</row>";
  const ReadResult result = Read(builder);
  EXPECT_THAT(result.final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID"));
  EXPECT_EQ(ErrorMessage(result.final_error), "第 1 行 C 列：与 A 列的列名重复");
  builder.rows = "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c></row>";
  EXPECT_THAT(Read(builder).final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_HEADING_INVALID"));
}

TEST(XlsxReaderTest, StrictAndPrefixedNamespacesAreRead) {
  XlsxBuilder builder = TwoColumns("<row r=\"2\">" + TextCell("A2", "严格") + "</row>");
  builder.main_namespace = kStrictNamespace;
  builder.relationship_base = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  EXPECT_EQ(Read(builder).Values(0)[0], "严格");

  XlsxBuilder prefixed;
  prefixed.more_parts["xl/worksheets/sheet1.xml"] = std::string("<x:worksheet xmlns:x=\"") + kMainNamespace +
                                                    "\" xmlns:o=\"urn:other\"><x:sheetData><x:row>" +
                                                    "<x:c><x:v>1</x:v></x:c></x:row><x:row><o:c><x:c><x:v>8</"
                                                    "x:v></x:c></o:c><x:c><x:v>2</x:v></x:c></x:row>" +
                                                    "</x:sheetData></x:worksheet>";
  const ReadResult result = Read(prefixed);
  EXPECT_THAT(result.header, ElementsAre("1"));
  ASSERT_THAT(result.rows, SizeIs(1));
  EXPECT_EQ(result.Values(0)[0], "2");
}

XlsxBuilder TwoSheets() {
  XlsxBuilder builder = TwoColumns("<row r=\"2\">" + TextCell("A2", "隐藏") + "</row>");
  builder.sheets =
      R"(<sheet name="说明" sheetId="1" state="hidden" r:id="rId1"/><sheet name="需求" sheetId="2" r:id="rId2"/>)";
  builder.more_parts["xl/worksheets/sheet2.xml"] = std::string("<worksheet xmlns=\"") + kMainNamespace +
                                                   "\"><sheetData><row r=\"1\">" + TextCell("A1", "题目") +
                                                   "</row></sheetData></worksheet>";
  return builder;
}

TEST(XlsxReaderTest, TakesTheFirstVisibleSheetOrTheNamedOne) {
  EXPECT_THAT(Read(TwoSheets()).header, ElementsAre("题目"));
  EXPECT_THAT(Read(TwoSheets(), {}, {"说明"}).header, ElementsAre("名称", "值"));
  const ReadResult missing = Read(TwoSheets(), {}, {"成果"});
  EXPECT_THAT(missing.final_error, StatusIs(StatusCode::kNotFound, "TABLE_SHEET_NOT_FOUND"));
  EXPECT_THAT(ErrorMessage(missing.final_error), HasSubstr("“成果”"));
}

TEST(XlsxReaderTest, OtherFilesAreRefusedWithAdvice) {
  const ReadResult old = ReadMemory("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more", TableFormat::kXlsx);
  EXPECT_THAT(old.final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
  EXPECT_THAT(ErrorMessage(old.final_error), HasSubstr("另存为 .xlsx"));
  EXPECT_THAT(ReadMemory("a,b\n1,2\n", TableFormat::kXlsx).final_error,
              StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
  EXPECT_THAT(ReadMemory("", TableFormat::kXlsx).final_error,
              StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
  EXPECT_THAT(ReadMemory(Zip({{"hello.txt", "x"}}), TableFormat::kXlsx).final_error,
              StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
  XlsxBuilder document;
  document.workbook_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  EXPECT_THAT(Read(document).final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_FORMAT_UNSUPPORTED"));
}

TEST(XlsxReaderTest, AMissingPartIsCorrupt) {
  XlsxBuilder builder = TwoSheets();
  builder.more_parts.clear();
  EXPECT_THAT(Read(builder).final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
}

TEST(XlsxReaderTest, DocumentTypeDeclarationsAreRefusedInEveryPart) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><sst xmlns=\"" +
      std::string(kMainNamespace) + "\"><si><t>&b;&f;</t></si></sst>";
  for (const char* part : {"xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml",
                           "xl/worksheets/sheet1.xml", "_rels/.rels", "[Content_Types].xml"}) {
    XlsxBuilder builder = TwoColumns("");
    builder.more_parts[part] = bomb;
    const Status error = Read(builder).final_error;
    EXPECT_THAT(error, StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT")) << part;
    EXPECT_THAT(ErrorMessage(error), HasSubstr("DTD")) << part;
  }
}

TEST(XlsxReaderTest, BrokenXmlAfterGoodRowsEndsTheReading) {
  XlsxBuilder builder = TwoColumns("<row r=\"2\">" + TextCell("A2", "好") + "</row><row r=\"3\"><c></row>");
  auto reader = OpenTableFromMemory(builder.Build(), TableFormat::kXlsx, {}, {});
  ASSERT_THAT(reader, IsOk());
  Row row;
  ASSERT_THAT((*reader)->Next(&row), IsOk());
  EXPECT_EQ(row.fields[0].value, "好");
  EXPECT_THAT((*reader)->Next(&row), StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
  EXPECT_THAT((*reader)->Next(&row), StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"));
}

TEST(XlsxReaderTest, RowAndColumnNumbersMustAscend) {
  const std::string cell = "<c><v>1</v></c>";
  for (const std::string& rows :
       {"<row r=\"1\">" + cell + "</row>", "<row r=\"0\">" + cell + "</row>",
        "<row r=\"1048577\">" + cell + "</row>",
        std::string("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>"),
        std::string("<row r=\"2\"><c r=\"ZZZZZZZZZZZZZZZZ2\"><v>1</v></c></row>")}) {
    EXPECT_THAT(Read(TwoColumns(rows)).final_error, StatusIs(StatusCode::kInvalidArgument, "TABLE_CORRUPT"))
        << rows;
  }
}

}  // namespace
}  // namespace duijie::testing
